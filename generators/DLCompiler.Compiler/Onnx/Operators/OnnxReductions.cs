using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Sums, extrema and norms over axes; softmax.</summary>
internal static class OnnxReductions
{
    private const int LongestProduct = 64;

    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["ReduceSum"] = call => Reduce(call, (graph, x, axes) => graph.ReduceSum(x, axes, true)),
        ["ReduceMean"] = call => Reduce(call, (graph, x, axes) => graph.Mean(x, axes, true)),
        ["ReduceMax"] = call => Reduce(call, (graph, x, axes) => Extremum(graph, x, axes, ReduceKind.Max)),
        ["ReduceMin"] = call => Reduce(call, (graph, x, axes) => Extremum(graph, x, axes, ReduceKind.Min)),
        ["ReduceProd"] = call => Reduce(call, (graph, x, axes) => Product(call, x, axes)),
        ["ReduceL1"] = call => Reduce(call, (graph, x, axes) => graph.ReduceSum(graph.Abs(x), axes, true)),
        ["ReduceL2"] = call => Reduce(call, (graph, x, axes) => graph.Sqrt(graph.ReduceSum(graph.Square(x), axes, true))),
        ["ReduceSumSquare"] = call => Reduce(call, (graph, x, axes) => graph.ReduceSum(graph.Square(x), axes, true)),
        ["ReduceLogSum"] = call => Reduce(call, (graph, x, axes) => graph.Log(graph.ReduceSum(x, axes, true))),
        ["ReduceLogSumExp"] = call => Reduce(call, LogSumExp),
        ["Softmax"] = call => [Softmax(call, false)],
        ["LogSoftmax"] = call => [Softmax(call, true)],
    };

    private delegate Node Reducer(GraphBuilder graph, Node x, EquatableArray<int> axes);

    // The reducer keeps the axes with size 1.
    private static IReadOnlyList<OnnxValue> Reduce(OnnxCall call, Reducer reduce)
    {
        Node x = call.Node(0);
        int rank = x.Shape.Rank;
        IReadOnlyList<long>? given = call.IntegersOrInput("axes", 1);
        int[] axes = given is { Count: > 0 } ? [.. given.Select(axis => call.Axis(axis, rank)).OrderBy(axis => axis)]
            : call.Integer("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, rank)];
        if (axes.Length > 0 && axes.Any(axis => x.Shape[axis] == Dimension.Zero))
            throw call.Fail(OnnxProblem.Form, "reduces no elements, and tensors without elements have no counterpart");
        Node result = reduce(call.Graph, x, axes.ToEquatableArray());
        return [call.Integer("keepdims", 1) != 0 ? result : call.Graph.Reshape(result, new Shape(result.Shape.Where((_, axis) => !axes.Contains(axis))))];
    }

    private static Node Extremum(GraphBuilder graph, Node x, EquatableArray<int> axes, ReduceKind kind)
    {
        if (x.Type.Element != ElementType.Bool) return graph.Reduce(kind, x, axes, true);
        Node numbers = graph.Map(new ScalarExpression.Select(X, 1, 0), ElementType.Float32, x);
        return graph.Map(new ScalarExpression.Compare(Comparison.NotEqual, X, 0), ElementType.Bool, graph.Reduce(kind, numbers, axes, true));
    }

    private static Node Product(OnnxCall call, Node x, EquatableArray<int> axes)
    {
        foreach (int axis in axes)
        {
            int size = call.Size(x.Shape, axis);
            if (size > LongestProduct) throw call.Fail(OnnxProblem.Form, $"multiplies {size} elements, and is mapped for {LongestProduct}");
            Node factors = x;
            x = Enumerable.Range(0, size).Select(i => call.Graph.Slice(factors, axis, i, 1)).Aggregate(call.Graph.Multiply);
        }

        return x;
    }

    private static Node LogSumExp(GraphBuilder graph, Node x, EquatableArray<int> axes)
    {
        Node largest = graph.ReduceMax(x, axes, true);
        return graph.Add(largest, graph.Log(graph.ReduceSum(graph.Exp(graph.Subtract(x, largest)), axes, true)));
    }

    // Before version 13 all axes from the given one on are one.
    private static Node Softmax(OnnxCall call, bool logarithm)
    {
        Node x = call.Node(0);
        int rank = x.Shape.Rank, axis = call.Axis(call.Integer("axis", call.Opset < 13 ? 1 : -1), rank);
        Node rows = x;
        int over = axis;
        if (call.Opset < 13)
        {
            rows = call.Graph.Reshape(x, new Shape(new Shape(x.Shape.Take(axis)).ElementCount, new Shape(x.Shape.Skip(axis)).ElementCount));
            over = 1;
        }

        return call.Graph.Reshape(logarithm ? LogSoftmax(call.Graph, rows, over) : call.Graph.Softmax(rows, over), x.Shape);
    }

    /// <summary>x − log Σ exp x over an axis.</summary>
    public static Node LogSoftmax(GraphBuilder graph, Node x, int axis)
    {
        Node centred = graph.Subtract(x, graph.ReduceMax(x, [axis], true));
        return graph.Subtract(centred, graph.Log(graph.ReduceSum(graph.Exp(centred), [axis], true)));
    }
}
