using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Losses of classes given by number: (values [N, C, …], classes [N, …], weights [C]).</summary>
internal static class OnnxLosses
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["NegativeLogLikelihoodLoss"] = call => [Loss(call, call.Node(0))],
        ["SoftmaxCrossEntropyLoss"] = CrossEntropy,
    };

    private static IReadOnlyList<OnnxValue> CrossEntropy(OnnxCall call)
    {
        Node logarithms = OnnxReductions.LogSoftmax(call.Graph, call.Node(0), 1);
        return [Loss(call, logarithms), logarithms];
    }

    private static Node Loss(OnnxCall call, Node logarithms)
    {
        GraphBuilder graph = call.Graph;
        Shape shape = logarithms.Shape;
        EquatableArray<int> others = Enumerable.Range(0, shape.Rank).Where(axis => axis != 1).ToEquatableArray();
        Node classes = graph.BroadcastAlong(call.Node(1), shape, others), index = graph.Add(new Iota(shape, 1, ElementType.Int32));
        Node weights = call.Has(2) ? graph.BroadcastAlong(call.Node(2), shape, [1]) : graph.Constant(1, logarithms.Type);

        // Ignored classes have no weight, wherever they lie.
        ScalarExpression isClass = new ScalarExpression.Compare(Comparison.Equal, X, Y);
        if (call.Attribute("ignore_index")?.Integer is { } ignored)
            isClass = new ScalarExpression.Binary(BinaryFunction.And, isClass, new ScalarExpression.Compare(Comparison.NotEqual, X, ignored));
        Node chosen = graph.Map(new ScalarExpression.Select(isClass, Z, 0), ElementType.Float32, classes, index, weights);
        Node picked = graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.NotEqual, X, 0), -(X * Y), 0), chosen, logarithms);
        Node loss = graph.ReduceSum(picked, [1]);
        EquatableArray<int> all = Enumerable.Range(0, loss.Shape.Rank).ToEquatableArray();
        return call.Text("reduction", "mean") switch
        {
            "none" => loss,
            "sum" => graph.ReduceSum(loss, all),
            _ => graph.Divide(graph.ReduceSum(loss, all), graph.ReduceSum(graph.ReduceSum(chosen, [1]), all)),
        };
    }
}
