using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Elements by their number, and the numbers of elements.</summary>
internal static class OnnxPicking
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Gather"] = Gather,
        ["GatherElements"] = GatherElements,
        ["OneHot"] = OneHot,
        ["ArgMax"] = call => [Winner(call, ReduceKind.Max)],
        ["ArgMin"] = call => [Winner(call, ReduceKind.Min)],
        ["Hardmax"] = Hardmax,
    };

    private static IReadOnlyList<OnnxValue> Gather(OnnxCall call)
    {
        Shape shape = call.ShapeOf(0);
        int axis = call.Axis(call.Integer("axis", 0), shape.Rank), size = call.Size(shape, axis);
        if (call.Value(0).Tensor is { Shape.Count: 1 } data && call.Value(1).Tensor is { } positions)
            return [OnnxFolding.Take(data, positions.Shape, positions.Integers.Select(position => (int)(position < 0 ? position + size : position)))];

        Node x = call.Node(0);
        if (call.Value(1).Tensor is { Values.Count: 1 } single)
        {
            long position = single.Integers[0];
            Node row = call.Graph.Slice(x, axis, (int)(position < 0 ? position + size : position), 1);
            return [call.Graph.Reshape(row, new Shape(shape.Take(axis).Concat(single.Shape.Select(one => (Dimension)one)).Concat(shape.Skip(axis + 1))))];
        }

        // The axis comes first, as rows of a table; the other axes are its columns.
        int[] others = [.. Enumerable.Range(0, shape.Rank).Where(other => other != axis)];
        Node table = call.Graph.Permute(x, new[] { axis }.Concat(others).ToEquatableArray());
        table = call.Graph.Reshape(table, new Shape(size, new Shape(others.Select(other => shape[other])).ElementCount));
        Node ids = NonNegative(call, call.Node(1), size);
        Node rows = call.Graph.Add(new Graph.Operators.Gather(), table, ids);
        rows = call.Graph.Reshape(rows, new Shape(ids.Shape.Concat(others.Select(other => shape[other]))));
        int count = ids.Shape.Rank;
        return [call.Graph.Permute(rows, Enumerable.Range(count, axis).Concat(Enumerable.Range(0, count))
            .Concat(Enumerable.Range(count + axis, others.Length - axis)).ToEquatableArray())];
    }

    // Σⱼ x[…, j, …] where j is the number: every element is compared.
    private static IReadOnlyList<OnnxValue> GatherElements(OnnxCall call)
    {
        (GraphBuilder graph, Node x, Node ids) = (call.Graph, call.Node(0), call.Node(1));
        int rank = x.Shape.Rank, axis = call.Axis(call.Integer("axis", 0), rank), size = call.Size(x.Shape, axis);
        for (int other = 0; other < rank; other++)
        {
            if (other != axis && x.Shape[other] != ids.Shape[other]) x = graph.Slice(x, other, 0, call.Size(ids.Shape, other));
        }

        var pairs = new Shape(ids.Shape.Dimensions.Insert(axis + 1, size));
        int[] all = [.. Enumerable.Range(0, rank + 1)];
        Node number = graph.BroadcastAlong(NonNegative(call, ids, size), pairs, all.Where(other => other != axis + 1).ToEquatableArray());
        Node element = graph.BroadcastAlong(x, pairs, all.Where(other => other != axis).ToEquatableArray());
        Node index = graph.Add(new Iota(pairs, axis + 1, ElementType.Int32));
        var isWanted = new ScalarExpression.Compare(Comparison.Equal, X, Y);
        Node chosen = graph.Map(new ScalarExpression.Select(isWanted, Z, 0), x.Type.Element, number, index, element);
        return [graph.ReduceSum(chosen, [axis + 1])];
    }

    internal static Node NonNegative(OnnxCall call, Node ids, int size) =>
        call.Graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Less, X, 0), X + size, X), ids);

    private static IReadOnlyList<OnnxValue> OneHot(OnnxCall call)
    {
        int depth = (int)call.Known(1).Integers[0];
        OnnxTensor values = call.Known(2);
        Node ids = call.Node(0);
        int rank = ids.Shape.Rank + 1, axis = call.Axis(call.Integer("axis", -1), rank);
        if (ids.Type.Element != ElementType.Int32) ids = call.Graph.Map(X, ElementType.Int32, ids);
        Node isOne = call.Graph.OneHot(NonNegative(call, ids, depth), depth, OnnxImporter.ElementOf(values.Element));
        ScalarExpression condition = new ScalarExpression.Compare(Comparison.NotEqual, X, 0);
        Node result = call.Graph.Map(new ScalarExpression.Select(condition, values.Values[1], values.Values[0]), isOne);
        return [call.Graph.Permute(result, Enumerable.Range(0, axis).Append(rank - 1).Concat(Enumerable.Range(axis, rank - 1 - axis)).ToEquatableArray())];
    }

    private static OnnxValue Winner(OnnxCall call, ReduceKind kind)
    {
        Node x = call.Node(0);
        int axis = call.Axis(call.Integer("axis", 0), x.Shape.Rank);
        bool keeps = call.Integer("keepdims", 1) != 0, last = call.Integer("select_last_index", 0) != 0;
        return call.Graph.Map(X, ElementType.Int32, Position(call, x, kind, axis, keeps, last));
    }

    // The first (or last) position whose element is the extremum, as a number.
    private static Node Position(OnnxCall call, Node x, ReduceKind kind, int axis, bool keeps, bool last)
    {
        GraphBuilder graph = call.Graph;
        Node best = graph.Broadcast(graph.Reduce(kind, x, [axis], true), x.Shape);
        Node index = graph.Add(new Iota(x.Shape, axis, ElementType.Float32));
        var isBest = new ScalarExpression.Compare(Comparison.Equal, X, Y);
        Node positions = graph.Map(new ScalarExpression.Select(isBest, Z, last ? -1 : call.Size(x.Shape, axis)), ElementType.Float32, x, best, index);
        return graph.Reduce(last ? ReduceKind.Max : ReduceKind.Min, positions, [axis], keeps);
    }

    private static IReadOnlyList<OnnxValue> Hardmax(OnnxCall call)
    {
        Node x = call.Node(0);
        if (call.Opset < 13) throw call.Fail(OnnxProblem.Form, "is mapped from version 13 on");
        int axis = call.Axis(call.Integer("axis", -1), x.Shape.Rank);
        Node winner = call.Graph.Broadcast(Position(call, x, ReduceKind.Max, axis, true, false), x.Shape);
        Node index = call.Graph.Add(new Iota(x.Shape, axis, ElementType.Float32));
        return [call.Graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Equal, X, Y), 1, 0), index, winner)];
    }
}
