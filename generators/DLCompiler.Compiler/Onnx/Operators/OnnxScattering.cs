using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Elements that are put, or added, where their numbers say, and parts of tensors by several numbers.</summary>
internal static class OnnxScattering
{
    // Products, maxima and minima take the updates one after the other.
    private const int MostUpdates = 64;

    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Scatter"] = ScatterElements,
        ["ScatterElements"] = ScatterElements,
        ["ScatterND"] = ScatterParts,
        ["GatherND"] = GatherParts,
    };

    private static IReadOnlyList<OnnxValue> ScatterElements(OnnxCall call)
    {
        (Node x, Node updates) = (call.Node(0), call.Node(2));
        int axis = call.Axis(call.Integer("axis", 0), x.Shape.Rank);
        Node ids = OnnxPicking.NonNegative(call, call.Node(1), call.Size(x.Shape, axis));
        for (int other = 0; other < x.Shape.Rank; other++)
        {
            if (other != axis && ids.Shape[other] != x.Shape[other])
                throw call.Fail(OnnxProblem.Form, $"has numbers {ids.Shape} for {x.Shape}, and is mapped where only dimension {axis} differs");
        }

        return [Combine(call, x, ids, updates, axis)];
    }

    // The leading axes that the numbers count in become rows, all others columns.
    private static IReadOnlyList<OnnxValue> ScatterParts(OnnxCall call)
    {
        (GraphBuilder graph, Node x) = (call.Graph, call.Node(0));
        (Node ids, int depth) = Rows(call, x.Shape, 0);
        Dimension rows = new Shape(x.Shape.Take(depth)).ElementCount, columns = new Shape(x.Shape.Skip(depth)).ElementCount;
        Dimension count = ids.Shape.ElementCount;
        Node table = graph.Reshape(x, new Shape(rows, columns)), updates = graph.Reshape(call.Node(2), new Shape(count, columns));
        return [graph.Reshape(Combine(call, table, graph.Reshape(ids, new Shape(count, Dimension.One)), updates, 0), x.Shape)];
    }

    private static IReadOnlyList<OnnxValue> GatherParts(OnnxCall call)
    {
        (GraphBuilder graph, Node x) = (call.Graph, call.Node(0));
        int batch = (int)call.Integer("batch_dims", 0);
        (Node ids, int depth) = Rows(call, x.Shape, batch);
        Dimension each = new Shape(x.Shape.Take(batch)).ElementCount, rows = new Shape(x.Shape.Skip(batch).Take(depth)).ElementCount;
        Dimension columns = new Shape(x.Shape.Skip(batch + depth)).ElementCount;
        Shape leading = ids.Shape;
        Dimension count = new Shape(leading.Skip(batch)).ElementCount;
        Node taken = graph.Add(
            new TakeAlong(1), graph.Reshape(x, new Shape(each, rows, columns)), graph.Reshape(ids, new Shape(each, count, Dimension.One)));
        return [graph.Reshape(taken, new Shape(leading.Concat(x.Shape.Skip(batch + depth))))];
    }

    // Numbers along several axes, the innermost of the operand, as numbers of rows.
    private static (Node Ids, int Depth) Rows(OnnxCall call, Shape shape, int batch)
    {
        (GraphBuilder graph, Node ids) = (call.Graph, call.Node(1));
        int last = ids.Shape.Rank - 1, depth = call.Size(ids.Shape, last);
        Node? sum = null;
        for (int i = 0; i < depth; i++)
        {
            Node part = OnnxPicking.NonNegative(call, graph.Slice(ids, last, i, 1), call.Size(shape, batch + i));
            sum = sum is null ? part : graph.Map((X * call.Size(shape, batch + i)) + Y, ElementType.Int32, sum, part);
        }

        return (graph.Reshape(sum!, new Shape(ids.Shape.Take(last))), depth);
    }

    private static Node Combine(OnnxCall call, Node x, Node ids, Node updates, int axis)
    {
        GraphBuilder graph = call.Graph;
        int size = call.Size(x.Shape, axis);
        string reduction = call.Text("reduction", "none");
        if (x.Type.Element != ElementType.Float32) throw call.Fail(OnnxProblem.Element, $"is mapped for floating-point numbers, not {x.Type.Element}");
        switch (reduction)
        {
            case "add":
                return graph.Add(x, graph.Add(new AddAlong(axis, size), ids, updates));
            case "none":
                // No place has two updates.
                Node put = graph.Add(new AddAlong(axis, size), ids, updates);
                Node count = graph.Add(new AddAlong(axis, size), ids, graph.Constant(1, updates.Type));
                return graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Greater, Z, 0), Y, X), x, put, count);
        }

        ScalarExpression combined = reduction switch
        {
            "mul" => X * Y,
            "max" => new ScalarExpression.Binary(BinaryFunction.Max, X, Y),
            "min" => new ScalarExpression.Binary(BinaryFunction.Min, X, Y),
            _ => throw call.Fail(OnnxProblem.Form, $"has no mapping for the reduction '{reduction}'"),
        };
        int updateCount = call.Size(ids.Shape, axis);
        if (updateCount > MostUpdates) throw call.Fail(OnnxProblem.Form, $"has {updateCount} updates, and '{reduction}' is mapped for {MostUpdates}");
        Node place = graph.Add(new Iota(x.Shape, axis, ElementType.Int32));
        var isHere = new ScalarExpression.Compare(Comparison.Equal, Z, new ScalarExpression.Input(3));
        for (int i = 0; i < updateCount; i++)
        {
            Node update = graph.Broadcast(graph.Slice(updates, axis, i, 1), x.Shape), id = graph.Broadcast(graph.Slice(ids, axis, i, 1), x.Shape);
            x = graph.Map(new ScalarExpression.Select(isHere, combined, X), x, update, id, place);
        }

        return x;
    }
}
