using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>The axes that operations are asked to work along.</summary>
internal static class Axes
{
    /// <summary>The axis or the axes that are named, ascending; all where none is.</summary>
    public static EquatableArray<int> Named(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        if (call.Arguments.Find("axis") is not null) return [Checks.Axis(call.Arguments, "axis", shape)];
        if (call.Arguments.Find("axes") is null) return Enumerable.Range(0, shape.Rank).ToEquatableArray();
        IReadOnlyList<int> given = call.Arguments.Integers("axes");
        List<int> axes =
        [
            .. given.Select((axis, index) => Checks.InRange(axis, shape.Rank) ?? throw Checks.AxisOutside(call.Arguments.OriginOf("axes", index), axis, shape)),
        ];
        for (int index = 1; index < axes.Count; index++)
        {
            if (axes.IndexOf(axes[index]) == index) continue;
            throw new VocabularyError(
                DiagnosticIds.InvalidArgument, call.Arguments.OriginOf("axes", index), $"axis {Checks.Text(given[index])} of {shape} is named twice; name it once");
        }

        return axes.OrderBy(axis => axis).ToEquatableArray();
    }

    /// <summary>An axis whose size has to be known at compile time, with its size.</summary>
    /// <param name="verb">What is done to it, for the message: <c>slice</c>.</param>
    public static (int Axis, int Size) Constant(VocabularyCall call, string verb, string name = "axis", int fallback = 0)
    {
        Shape shape = call.Input.Shape;
        int axis = Checks.Axis(call.Arguments, name, shape, fallback);
        return shape[axis].IsConstant ? (axis, (int)shape[axis].Value) : throw NotConstant(call.Arguments.OriginOf(name), verb, axis, shape);
    }

    /// <summary>An axis whose size is known at run time only.</summary>
    public static VocabularyError NotConstant(Origin origin, string verb, int axis, Shape shape) => new(
        DiagnosticIds.Unsupported,
        origin,
        $"can't {verb} axis {Checks.Text(axis)} of {shape}: its size {shape[axis]} is known at run time only; {verb} another axis");
}
