using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Elements in the order of their values, and sums and products of all elements before each.</summary>
internal static class OnnxOrders
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["TopK"] = TopK,
        ["CumSum"] = call => Cumulative(call, isProduct: false),
        ["CumProd"] = call => Cumulative(call, isProduct: true),
    };

    private static IReadOnlyList<OnnxValue> TopK(OnnxCall call)
    {
        Node x = call.Node(0);

        // The number is an attribute up to version 9. Unsorted results may come in any order, so also in this one.
        int count = (int)call.IntegersOrInput("k", 1)![0], axis = call.Axis(call.Integer("axis", -1), x.Shape.Rank);
        Node numbers = x.Type.Element == ElementType.Float32 ? x : call.Graph.Map(X, ElementType.Float32, x);
        Node order = call.Graph.Add(new ArgSort(axis, call.Integer("largest", 1) != 0, count), numbers);
        return [call.Graph.Add(new TakeAlong(axis), x, order), order];
    }

    private static IReadOnlyList<OnnxValue> Cumulative(OnnxCall call, bool isProduct)
    {
        (GraphBuilder graph, Node x) = (call.Graph, call.Node(0));
        ElementType element = x.Type.Element;
        int axis = call.Axis(call.Known(1).Integers[0], x.Shape.Rank), size = call.Size(x.Shape, axis);
        bool reverse = call.Integer("reverse", 0) != 0;
        if (element != ElementType.Float32) x = graph.Map(X, ElementType.Float32, x);
        if (call.Integer("exclusive", 0) != 0)
        {
            // Each element's own value is not counted: all move by one place, and what comes in changes nothing.
            Node moved = OnnxSlicing.Border(graph, x, axis, reverse ? 0 : 1, reverse ? 1 : 0, isProduct ? 1 : 0);
            x = graph.Slice(moved, axis, reverse ? 1 : 0, size);
        }

        Node result = isProduct ? Product(graph, x, axis, reverse ? size - 1 : 0, reverse) : graph.Add(new Recurrence(axis, reverse), x);
        return [element == ElementType.Float32 ? result : graph.Map(X, element, result)];
    }

    // yₜ = xₜ·yₜ₋₁ + 0, but the first is x itself.
    private static Node Product(GraphBuilder graph, Node x, int axis, int first, bool reverse)
    {
        Node position = graph.Add(new Iota(x.Shape, axis, ElementType.Float32));
        var begin = new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Equal, Y, first), X, 0);
        return graph.Add(new Recurrence(axis, reverse), graph.Map(begin, x, position), x);
    }
}
