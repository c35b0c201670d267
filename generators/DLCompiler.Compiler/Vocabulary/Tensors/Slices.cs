using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary><c>x[.., 1..^1, ^1]</c>: a part of every axis, where one index takes the axis away; axes that are left out stay whole.</summary>
internal static class Slices
{
    /// <summary>The indexer's name.</summary>
    public const string Indexer = "Element";

    public static IEnumerable<Operation> Operations => [new(Operation.Tensor, Indexer, Slice)];

    private static TensorValue Slice(VocabularyCall call)
    {
        Node x = call.Input;
        Shape shape = x.Shape;
        IReadOnlyList<object?> parts = call.Arguments.Find("slices")?.Value is ListValue list ? list.Items : [];
        if (parts.Count > shape.Rank)
        {
            throw new VocabularyError(
                DiagnosticIds.InvalidArgument,
                call.Arguments.OriginOf("slices", shape.Rank),
                $"{Checks.Count(parts.Count, "index", "indices")} for {Checks.Name(shape)}, which has {Checks.Count(shape.Rank, "axis", "axes")}; leave some out");
        }

        Node result = x;
        var kept = new List<Dimension>();
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            object? part = axis < parts.Count ? parts[axis] : null;
            if (part is null or RangeValue { Start: { Offset: 0, FromEnd: false }, End: { Offset: 0, FromEnd: true } })
            {
                kept.Add(shape[axis]);
                continue;
            }

            Origin origin = call.Arguments.OriginOf("slices", axis);
            if (!shape[axis].IsConstant)
            {
                result = End(call, result, axis, part) ?? throw Axes.NotConstant(origin, "slice", axis, shape);
                if (part is RangeValue) kept.Add(Dimension.One);
                continue;
            }

            int size = (int)shape[axis].Value;
            (int start, int end) = part switch
            {
                RangeValue range => (range.Start.In(size), range.End.In(size)),
                IndexValue index => (index.In(size), index.In(size) + 1),
                int number => (number, number + 1),
                _ => throw new VocabularyError(DiagnosticIds.Unsupported, origin,
                    "this index is known at run time only; use a number, a hyperparameter or a range of them"),
            };
            if (start < 0 || end > size || end <= start)
            {
                string what = part is RangeValue ? $"{Checks.Text(start)}..{Checks.Text(end)}" : $"index {Checks.Text(start)}";
                string why = start >= 0 && end <= size ? "has no element"
                    : $"is outside dimension {Checks.Text(axis)} of {shape}, which is {Checks.Text(size)}";
                throw new VocabularyError(DiagnosticIds.InvalidArgument, origin,
                    $"{what} {why}; use {(part is RangeValue ? $"a part of 0..{Checks.Text(size)}" : Checks.Range(size))}");
            }

            result = call.Graph.Slice(result, axis, start, end - start);
            if (part is RangeValue) kept.Add(end - start);
        }

        return new TensorValue(call.Graph.Reshape(result, new Shape(kept)));
    }

    // Whatever the length of a sequence, it has a first and a last element.
    private static Node? End(VocabularyCall call, Node x, int axis, object? part)
    {
        Dimension size = x.Shape[axis];
        if (size.Terms.Length != 1 || !size.Symbols().All(call.Function.Bounds.ContainsKey)) return null;
        return part switch
        {
            0 or IndexValue { Offset: 0, FromEnd: false } or RangeValue { Start: { Offset: 0, FromEnd: false }, End: { Offset: 1, FromEnd: false } } =>
                call.Graph.Slice(x, axis, 0, 1),
            IndexValue { Offset: 1, FromEnd: true } or RangeValue { Start: { Offset: 1, FromEnd: true }, End: { Offset: 0, FromEnd: true } } =>
                call.Graph.Slice(call.Graph.Add(new Flip(axis), x), axis, 0, 1),
            _ => null,
        };
    }
}
