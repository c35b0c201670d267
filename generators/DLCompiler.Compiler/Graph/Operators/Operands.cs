using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The checks that shape rules share; each throws a <see cref="ShapeException"/> that names the shapes and the dimension.</summary>
internal static class Operands
{
    /// <summary>Checks the number of operands.</summary>
    public static void RequireCount(this IReadOnlyList<TensorType> inputs, string name, int count)
    {
        if (inputs.Count != count) throw new ShapeException($"{name} takes {count} operand{(count == 1 ? "" : "s")}, not {inputs.Count}");
    }

    /// <summary>Checks that an operand has floating-point elements.</summary>
    public static void RequireFloat(this TensorType type, string name, string operand)
    {
        if (!type.Element.IsFloat()) throw new ShapeException($"{name} needs floating-point elements for {operand}, but {type.Shape} has {type.Element} ones");
    }

    /// <summary>Checks that an operand has 32-bit integer elements.</summary>
    public static void RequireIndex(this TensorType type, string name, string operand)
    {
        if (type.Element != ElementType.Int32) throw new ShapeException($"{name} needs Int32 elements for {operand}, but {type.Shape} has {type.Element} ones");
    }

    /// <summary>Checks that two operands have the same element type.</summary>
    public static void RequireSameElement(TensorType left, TensorType right, string name)
    {
        if (left.Element != right.Element)
            throw new ShapeException($"{name}: {left.Shape} has {left.Element} elements and {right.Shape} has {right.Element} ones");
    }

    /// <summary>Checks an operand's rank.</summary>
    public static void RequireRank(this TensorType type, string name, string operand, int rank)
    {
        if (type.Shape.Rank != rank) throw new ShapeException($"{name} needs {Count(rank, "dimension")} for {operand}, but {type.Shape} has {type.Shape.Rank}");
    }

    /// <summary>Checks that an operand has the shape that another value demands.</summary>
    public static void RequireShape(this TensorType type, string name, string operand, Shape expected)
    {
        if (type.Shape.Rank != expected.Rank)
            throw new ShapeException(
                $"{name} needs {expected} for {operand}, not {type.Shape}: {Count(type.Shape.Rank, "dimension")} instead of {expected.Rank}");
        int axis = FirstDifference(type.Shape, expected);
        if (axis >= 0)
            throw new ShapeException(
                $"{name} needs {expected} for {operand}, not {type.Shape}: dimension {axis} is {type.Shape[axis]} instead of {expected[axis]}");
    }

    /// <summary>Checks an axis number.</summary>
    public static void RequireAxis(this TensorType type, string name, int axis)
    {
        if (axis < 0 || axis >= type.Shape.Rank)
            throw new ShapeException($"{name}: {type.Shape} has no dimension {axis}, only {Count(type.Shape.Rank, "dimension")}");
    }

    /// <summary>Checks axis numbers: ascending, within the shape.</summary>
    public static void RequireAscendingAxes(this TensorType type, string name, EquatableArray<int> axes)
    {
        for (int i = 0; i < axes.Count; i++)
        {
            type.RequireAxis(name, axes[i]);
            if (i > 0 && axes[i] <= axes[i - 1]) throw new ShapeException($"{name}: the dimensions {axes} of {type.Shape} are not ascending");
        }
    }

    /// <summary>The size of an axis that has to be known at compile time.</summary>
    public static long RequireConstant(this TensorType type, string name, int axis)
    {
        type.RequireAxis(name, axis);
        return type.Shape[axis].IsConstant
            ? type.Shape[axis].Value
            : throw new ShapeException($"{name}: dimension {axis} of {type.Shape} is {type.Shape[axis]}, and a size known at compile time is needed");
    }

    /// <summary>The first axis whose sizes differ, or −1; the ranks are equal.</summary>
    public static int FirstDifference(Shape left, Shape right)
    {
        for (int axis = 0; axis < left.Rank; axis++)
        {
            if (left[axis] != right[axis]) return axis;
        }

        return -1;
    }

    /// <summary>All axes of a rank but the given ones.</summary>
    public static EquatableArray<int> Except(int rank, EquatableArray<int> axes) =>
        Enumerable.Range(0, rank).Where(axis => !axes.Contains(axis)).ToEquatableArray();

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
