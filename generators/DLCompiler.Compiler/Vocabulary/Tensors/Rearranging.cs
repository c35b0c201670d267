using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Tensors stacked, split, repeated, turned and padded: all of slices, joins and broadcasts.</summary>
internal static class Rearranging
{
    public static IEnumerable<Operation> Operations =>
    [
        new(Operation.Tensor, "Unsqueeze", call => new TensorValue(Unsqueezed(call, call.Input))),
        new(Operation.Tensor, "Squeeze", Squeeze),
        new(Operation.Tensor, "Stack", Stack),
        new(Operation.Tensor, "Split", call => Split(call, call.Arguments.Integers("sizes"))),
        new(Operation.Tensor, "Chunk", Chunk),
        new(Operation.Tensor, "Expand", Expand),
        new(Operation.Tensor, "Tile", Tile),
        new(Operation.Tensor, "Repeat", Repeat),
        new(Operation.Tensor, "Flip", call => new TensorValue(call.Graph.Flip(call.Input, Checks.Axis(call.Arguments, "axis", call.Input.Shape)))),
        new(Operation.Tensor, "Roll", Roll),
        new(Operation.Tensor, "Pad", Pad),
        new(Operation.Tensor, "LowerTriangle", call => Triangle(call, Comparison.LessOrEqual)),
        new(Operation.Tensor, "UpperTriangle", call => Triangle(call, Comparison.GreaterOrEqual)),
    ];

    // An axis of size 1 before the given one; behind the last for -1.
    private static Node Unsqueezed(VocabularyCall call, Node x)
    {
        int rank = x.Shape.Rank + 1, axis = call.Arguments.Integer("axis");
        int place = Checks.InRange(axis, rank) ?? throw call.ErrorAt(
            DiagnosticIds.InvalidArgument, "axis", $"axis {Checks.Text(axis)} is no place for a new axis of {x.Shape}; use {Checks.Range(rank)}, or -1 for the last");
        return call.Graph.Reshape(x, new Shape(x.Shape.Dimensions.Insert(place, Dimension.One)));
    }

    private static TensorValue Squeeze(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        int axis = Checks.Axis(call.Arguments, "axis", shape);
        if (shape[axis] != Dimension.One)
            throw call.ErrorAt(DiagnosticIds.InvalidArgument, "axis", $"dimension {Checks.Text(axis)} of {shape} is {shape[axis]}; Squeeze removes one of size 1");
        return new TensorValue(call.Graph.Reshape(call.Input, new Shape(shape.Dimensions.RemoveAt(axis))));
    }

    private static TensorValue Stack(VocabularyCall call)
    {
        IReadOnlyList<Node> tensors = call.Arguments.Tensors("tensors");
        if (tensors.Count == 0) throw call.Error(DiagnosticIds.Concat, "can't stack no tensors; give it at least one");
        for (int index = 1; index < tensors.Count; index++)
        {
            if (tensors[index].Shape == tensors[0].Shape) continue;
            throw new VocabularyError(
                DiagnosticIds.Concat,
                call.Arguments.OriginOf("tensors", index),
                $"can't stack {tensors[0].Shape} and {tensors[index].Shape}: stacked tensors have equal shapes. Reshape one of them, or use Concat",
                call.Arguments.OriginOf("tensors", 0))
            {
                Tensors = [tensors[0], tensors[index]],
            };
        }

        Node[] parts = [.. tensors.Select(tensor => Unsqueezed(call, tensor))];
        int axis = Checks.InRange(call.Arguments.Integer("axis"), tensors[0].Shape.Rank + 1) ?? 0;
        return new TensorValue(call.Graph.Concat(axis, parts));
    }

    private static object Split(VocabularyCall call, IReadOnlyList<int> sizes)
    {
        (int axis, int size) = Axes.Constant(call, "split");
        int wrong = sizes.ToList().FindIndex(part => part < 1);
        if (wrong >= 0)
        {
            throw new VocabularyError(
                DiagnosticIds.InvalidArgument, call.Arguments.OriginOf("sizes", wrong), $"size {Checks.Text(wrong)} is {Checks.Text(sizes[wrong])}; it must be at least 1");
        }

        long sum = sizes.Sum(part => (long)part);
        if (sum != size)
        {
            throw call.ErrorAt(
                DiagnosticIds.InvalidArgument,
                "sizes",
                $"can't split dimension {Checks.Text(axis)} of {call.Input.Shape} into {string.Join(" + ", sizes.Select(part => Checks.Text(part)))}: that is "
                    + $"{Checks.Text(sum)} elements; give sizes that add up to {Checks.Text(size)}");
        }

        var parts = new List<object?>();
        int start = 0;
        foreach (int part in sizes)
        {
            Node slice = call.Graph.Slice(call.Input, axis, start, part);
            call.Function.Trail.Add(slice, call, "Split");
            parts.Add(new TensorValue(slice));
            start += part;
        }

        return new ListValue(parts, isArray: true);
    }

    // Parts of ⌈size/count⌉ elements, the last one smaller if need be.
    private static object Chunk(VocabularyCall call)
    {
        Checks.AtLeast(call.Arguments, "count", 1);
        (_, int size) = Axes.Constant(call, "split");
        int count = call.Arguments.Integer("count"), part = ((size - 1) / count) + 1;
        return Split(call, [.. Enumerable.Range(0, ((size - 1) / part) + 1).Select(index => Math.Min(part, size - (index * part)))]);
    }

    private static TensorValue Expand(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        IReadOnlyList<Dimension> sizes = call.Arguments.Sizes("sizes");
        int added = sizes.Count - shape.Rank;
        if (added < 0)
        {
            throw call.ErrorAt(
                DiagnosticIds.WrongRank, "sizes", $"can't expand {shape} to {new Shape(sizes)}: {Checks.Count(sizes.Count, "size", "sizes")} for {Checks.Count(shape.Rank, "axis", "axes")}. "
                    + "Give the size of every axis, -1 for one that stays");
        }

        var result = new Dimension[sizes.Count];
        for (int axis = 0; axis < sizes.Count; axis++)
        {
            bool stays = sizes[axis] == Dimension.Constant(-1) && axis >= added;
            Dimension own = axis < added ? Dimension.One : shape[axis - added];
            result[axis] = stays ? own : sizes[axis];
            if (stays || own == sizes[axis] || (own == Dimension.One && sizes[axis] is { IsConstant: false } or { Value: > 0 })) continue;
            throw new VocabularyError(
                DiagnosticIds.InvalidArgument,
                call.Arguments.OriginOf("sizes", axis),
                $"can't expand {shape} to {new Shape(sizes)}: dimension {Checks.Text(axis)} of the result is {sizes[axis]}, and there are {own} elements to take it "
                    + "from. Only a size of 1 is repeated; use Tile for others");
        }

        return new TensorValue(call.Graph.Broadcast(call.Input, new Shape(result)));
    }

    // Each axis is given another one before it, which is repeated and merged with it.
    private static TensorValue Tile(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        IReadOnlyList<int> given = call.Arguments.Integers("repeats");
        int rank = Math.Max(given.Count, shape.Rank);
        List<int> repeats = [.. Enumerable.Repeat(1, rank - given.Count), .. given];
        List<Dimension> sizes = [.. Enumerable.Repeat(Dimension.One, rank - shape.Rank), .. shape];
        for (int axis = 0; axis < rank; axis++)
        {
            if (repeats[axis] == 1) continue;
            Origin origin = call.Arguments.OriginOf("repeats", axis - (rank - given.Count));
            if (repeats[axis] < 1)
                throw new VocabularyError(DiagnosticIds.InvalidArgument, origin, $"a tensor can't be repeated {Checks.Text(repeats[axis])} times; use at least 1");
            if (!sizes[axis].IsConstant) throw Axes.NotConstant(origin, "repeat", axis, shape);
        }

        return new TensorValue(Repeated(call.Graph, call.Input, sizes, repeats, before: true));
    }

    private static TensorValue Repeat(VocabularyCall call)
    {
        Checks.AtLeast(call.Arguments, "count", 1);
        (int axis, _) = Axes.Constant(call, "repeat");
        Shape shape = call.Input.Shape;
        int count = call.Arguments.Integer("count");
        return new TensorValue(
            Repeated(call.Graph, call.Input, [.. shape], [.. Enumerable.Range(0, shape.Rank).Select(other => other == axis ? count : 1)], before: false));
    }

    private static Node Repeated(GraphBuilder graph, Node x, List<Dimension> sizes, List<int> repeats, bool before)
    {
        var apart = new List<Dimension>();
        var broadcast = new List<Dimension>();
        for (int axis = 0; axis < sizes.Count; axis++)
        {
            int place = before ? apart.Count : apart.Count + 1;
            apart.Add(sizes[axis]);
            broadcast.Add(sizes[axis]);
            if (repeats[axis] == 1) continue;
            apart.Insert(place, Dimension.One);
            broadcast.Insert(place, repeats[axis]);
        }

        Node repeated = graph.Broadcast(graph.Reshape(x, new Shape(apart)), new Shape(broadcast));
        return graph.Reshape(repeated, new Shape(sizes.Select((size, axis) => size * repeats[axis])));
    }

    private static TensorValue Roll(VocabularyCall call)
    {
        (int axis, int size) = Axes.Constant(call, "roll");
        int shift = ((call.Arguments.Integer("shift") % size) + size) % size;
        if (shift == 0) return new TensorValue(call.Input);
        GraphBuilder graph = call.Graph;
        return new TensorValue(graph.Concat(axis, graph.Slice(call.Input, axis, size - shift, shift), graph.Slice(call.Input, axis, 0, size - shift)));
    }

    private static TensorValue Pad(VocabularyCall call)
    {
        (int axis, int size) = Axes.Constant(call, "pad");
        Checks.AtLeast(call.Arguments, "before", 0);
        Checks.AtLeast(call.Arguments, "after", 0);
        int before = call.Arguments.Integer("before"), after = call.Arguments.Integer("after");
        (GraphBuilder graph, Node x) = (call.Graph, call.Input);
        Node Fill(double value, int count) => graph.Constant(value, x.Type with { Shape = x.Shape.With(axis, count) });
        Node Edge(int at, int count) => graph.Broadcast(graph.Slice(x, axis, at, 1), x.Shape.With(axis, count));
        Node Mirror(int start, int count) => graph.Flip(graph.Slice(x, axis, start, count), axis);
        double value = call.Arguments.Number("value");
        switch (call.Arguments.Member("mode", "Constant"))
        {
            case "Constant" when value == 0:
                return new TensorValue(graph.Pad(x, axis, before, after));
            case "Constant":
                return Join(count => Fill(value, count), count => Fill(value, count));
            case "Replicate":
                return Join(count => Edge(0, count), count => Edge(size - 1, count));
            default:
                string wrong = before >= size ? "before" : "after";
                if (Math.Max(before, after) >= size)
                {
                    throw Checks.Wrong(
                        call.Arguments, wrong, $"is {Checks.Text(call.Arguments.Integer(wrong))}; {Checks.Text(size)} elements can be reflected by at most {Checks.Text(size - 1)}");
                }

                return Join(count => Mirror(1, count), count => Mirror(size - 1 - count, count));
        }

        TensorValue Join(Func<int, Node> first, Func<int, Node> last) => new(
            graph.Concat(axis, [.. before > 0 ? [first(before)] : Array.Empty<Node>(), x, .. after > 0 ? [last(after)] : Array.Empty<Node>()]));
    }

    // Where column − row is on the right side of the diagonal; the rest is 0, also where it is NaN.
    private static TensorValue Triangle(VocabularyCall call, Comparison side)
    {
        (GraphBuilder graph, Node x) = (call.Graph, call.Input);
        int rank = x.Shape.Rank;
        if (rank < 2)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank, $"a triangle is one of matrices […, rows, columns], but this is {Checks.Name(x.Shape)}{Checks.AddAxis(x.Shape)}");
        }

        Node row = graph.Add(new Iota(x.Shape, rank - 2, x.Type.Element)), column = graph.Add(new Iota(x.Shape, rank - 1, x.Type.Element));
        var inside = new ScalarExpression.Compare(side, new ScalarExpression.Input(2) - Y, call.Arguments.Integer("diagonal"));
        return new TensorValue(graph.Map(new ScalarExpression.Select(inside, X, 0), x, row, column));
    }
}
