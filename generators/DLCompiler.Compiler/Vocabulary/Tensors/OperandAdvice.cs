using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>What to write where two shapes don't fit: the first remedy that makes them fit.</summary>
internal static class OperandAdvice
{
    /// <summary>For elementwise operations.</summary>
    public static string Elementwise(Node left, Node right) =>
        Batched(left.Shape, right.Shape) ?? Batched(right.Shape, left.Shape)
        ?? Reduced(left.Shape, right.Shape) ?? Reduced(right.Shape, left.Shape)
        ?? Transposed(left.Shape, right.Shape)
        ?? Reshaped(left.Shape, right.Shape)
        ?? Projected(Projection.For(left, right))
        ?? Strided(left.Shape, right.Shape)
        ?? "Sizes must be equal, or one of them 1";

    /// <summary>For matrix products.</summary>
    public static string Product(Shape left, Shape right)
    {
        Dimension columns = left[left.Rank - 1], rows = right[right.Rank - 2];
        if (right[right.Rank - 1] == columns) return $"Transpose the right one: {Swap(right)}";
        if (left[left.Rank - 2] == rows) return $"Transpose the left one: {Swap(left)}";
        return "Make them equal, for example by a Dense on one side";
    }

    /// <summary>What a code fix needs for a matrix product.</summary>
    public static (string Name, string Value)[] Facts(Shape left, Shape right)
    {
        if (right[right.Rank - 1] == left[left.Rank - 1]) return [(DiagnosticProperties.Operand, "right"), (DiagnosticProperties.Call, Swap(right))];
        return left[left.Rank - 2] == right[right.Rank - 2] ? [(DiagnosticProperties.Operand, "left"), (DiagnosticProperties.Call, Swap(left))] : [];
    }

    private static string Swap(Shape shape) => $"Transpose({Checks.Text(shape.Rank - 2)}, {Checks.Text(shape.Rank - 1)})";

    // [N, 128] and [32, 128]: a batch size that is written as a number.
    private static string? Batched(Shape left, Shape right) =>
        left.Rank == right.Rank && left.Rank > 0 && !left[0].IsConstant && right[0].IsConstant && left.Skip(1).SequenceEqual(right.Skip(1))
            ? $"The batch is known at run time only: use x.Shape[0] instead of {right[0]}"
            : null;

    // [N, 64] and [N]: a reduction that dropped its axis; [N, 64, 8, 8] and [N, 64]: one that dropped the last ones.
    private static string? Reduced(Shape whole, Shape reduced)
    {
        if (whole.Rank <= reduced.Rank || reduced.Rank == 0) return null;
        if (whole.Take(reduced.Rank).SequenceEqual(reduced))
        {
            var target = new Shape(reduced.Concat(Enumerable.Repeat(Dimension.One, whole.Rank - reduced.Rank)));
            return $"Reshape {reduced} to {target}, or reduce with keepDimensions: true";
        }

        if (whole.Rank != reduced.Rank + 1) return null;
        for (int axis = 0; axis < whole.Rank; axis++)
        {
            List<Dimension> rest = [.. whole];
            rest.RemoveAt(axis);
            if (!rest.SequenceEqual(reduced)) continue;
            return $"Reshape {reduced} to {whole.With(axis, Dimension.One)}, or reduce with keepDimensions: true";
        }

        return null;
    }

    private static string? Transposed(Shape left, Shape right)
    {
        if (left.Rank != right.Rank) return null;
        List<int> wrong = [.. Enumerable.Range(0, left.Rank).Where(axis => left[axis] != right[axis])];
        return wrong.Count == 2 && left[wrong[0]] == right[wrong[1]] && left[wrong[1]] == right[wrong[0]]
            ? $"Transpose({Checks.Text(wrong[0])}, {Checks.Text(wrong[1])}) one of them"
            : null;
    }

    private static string? Reshaped(Shape left, Shape right)
    {
        if (left.ElementCount != right.ElementCount) return null;
        return left.Rank >= right.Rank ? $"Reshape the right one to {left}" : $"Reshape the left one to {right}";
    }

    private static string? Projected(Projection? projection)
    {
        if (projection is null) return null;
        string side = projection.OnLeft ? "left" : "right", size = Checks.Text(projection.Size);
        string stride = projection.Stride == 1 ? "" : $", stride: {Checks.Text(projection.Stride)}";
        string layer = projection.Layer == "Dense" ? $"Dense({size})" : $"Conv2D({size}, kernel: 1{stride})";
        return $"Project the {side} one with a {layer}";
    }

    private static string? Strided(Shape left, Shape right) =>
        left.Rank == 4 && right.Rank == 4 && left[1] == right[1] ? "Give both sides the same strides and paddings" : null;
}
