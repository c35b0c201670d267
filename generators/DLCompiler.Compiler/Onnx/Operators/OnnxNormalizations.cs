using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Normalisations.</summary>
internal static class OnnxNormalizations
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["BatchNormalization"] = Batch,
        ["InstanceNormalization"] = call => [Scaled(call, Standardized(call, call.Node(0), From(call, 2), call.Number("epsilon", 1e-5)).Value)],
        ["LayerNormalization"] = Layer,
        ["RMSNormalization"] = RootMeanSquare,
        ["GroupNormalization"] = Group,
        ["MeanVarianceNormalization"] = call => [Standardized(call, call.Node(0), Axes(call), 1e-9).Value],
        ["LpNormalization"] = Norm,
        ["LRN"] = Local,
    };

    private static EquatableArray<int> From(OnnxCall call, int axis) => Enumerable.Range(axis, call.Node(0).Shape.Rank - axis).ToEquatableArray();

    private static EquatableArray<int> Axes(OnnxCall call) => (call.Integers("axes") ?? [0, 2, 3]).ToEquatableArray();

    private static IReadOnlyList<OnnxValue> Batch(OnnxCall call)
    {
        GraphBuilder graph = call.Graph;
        Node x = call.Node(0), mean = call.Node(3), variance = call.Node(4);
        var normalize = new BatchNormalize(call.Number("epsilon", 1e-5));
        if (call.Integer("training_mode", 0) == 0) return [graph.Add(normalize, x, call.Node(1), call.Node(2), mean, variance)];

        // Both statistics are biased, other than this library's running ones.
        EquatableArray<int> axes = Enumerable.Range(0, x.Shape.Rank).Where(axis => axis != 1).ToEquatableArray();
        Node ownMean = graph.Mean(x, axes), ownVariance = graph.Variance(x, axes);
        double momentum = call.Number("momentum", 0.9);
        Node Running(Node before, Node now) => graph.Map((momentum * X) + ((1 - momentum) * Y), before, now);
        return [graph.Add(normalize, x, call.Node(1), call.Node(2), ownMean, ownVariance), Running(mean, ownMean), Running(variance, ownVariance)];
    }

    private static IReadOnlyList<OnnxValue> Layer(OnnxCall call)
    {
        Node x = call.Node(0);
        int axis = call.Axis(call.Integer("axis", -1), x.Shape.Rank);
        (Node value, Node mean, Node inverse) = Standardized(call, x, From(call, axis), call.Number("epsilon", 1e-5));
        value = call.Graph.Multiply(value, call.Node(1));
        return [call.Has(2) ? call.Graph.Add(value, call.Node(2)) : value, mean, inverse];
    }

    private static IReadOnlyList<OnnxValue> RootMeanSquare(OnnxCall call)
    {
        Node x = call.Node(0);
        int axis = call.Axis(call.Integer("axis", -1), x.Shape.Rank);
        Node square = call.Graph.Mean(call.Graph.Square(x), From(call, axis), true);
        Node inverse = call.Graph.Map(1 / new ScalarExpression.Unary(UnaryFunction.Sqrt, X + call.Number("epsilon", 1e-5)), square);
        return [call.Graph.Multiply(call.Graph.Multiply(x, inverse), call.Node(1))];
    }

    private static IReadOnlyList<OnnxValue> Group(OnnxCall call)
    {
        Node x = call.Node(0);
        int groups = (int)call.Integer("num_groups", 1), channels = call.Size(x.Shape, 1);
        Dimension rest = new Shape(x.Shape.Skip(2)).ElementCount;
        Node apart = call.Graph.Reshape(x, new Shape(x.Shape[0], groups, channels / groups, rest));
        Node value = Standardized(call, apart, [2, 3], call.Number("epsilon", 1e-5)).Value;

        // Version 18 scales groups, version 21 channels.
        bool perGroup = call.Opset < 21;
        if (perGroup) return [call.Graph.Reshape(Scaled(call, value), x.Shape)];
        return [Scaled(call, call.Graph.Reshape(value, x.Shape))];
    }

    private static IReadOnlyList<OnnxValue> Norm(OnnxCall call)
    {
        Node x = call.Node(0);
        int axis = call.Axis(call.Integer("axis", -1), x.Shape.Rank);
        Node norm = call.Integer("p", 2) == 1 ? call.Graph.ReduceSum(call.Graph.Abs(x), [axis], true)
            : call.Graph.Sqrt(call.Graph.ReduceSum(call.Graph.Square(x), [axis], true));

        // A line of zeros stays one.
        Node divisor = call.Graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Equal, X, 0), 1, X), norm);
        return [call.Graph.Divide(x, divisor)];
    }

    // x / (bias + alpha/size · Σ x²)^beta over neighbouring channels: Krizhevsky et al., "ImageNet classification with deep convolutional neural networks",
    // 2012.
    private static IReadOnlyList<OnnxValue> Local(OnnxCall call)
    {
        Node x = call.Node(0);
        int size = (int)call.Integer("size", 1), channels = call.Size(x.Shape, 1), before = (size - 1) / 2;
        Node squares = call.Graph.Pad(call.Graph.Square(x), 1, before, size - 1 - before);
        Node sum = Enumerable.Range(0, size).Select(i => call.Graph.Slice(squares, 1, i, channels)).Aggregate(call.Graph.Add);
        double alpha = call.Number("alpha", 1e-4), beta = call.Number("beta", 0.75), bias = call.Number("bias", 1);
        return [call.Graph.Map(X / new ScalarExpression.Binary(BinaryFunction.Power, bias + (alpha / size * Y), beta), x, sum)];
    }

    private static (Node Value, Node Mean, Node Inverse) Standardized(OnnxCall call, Node x, EquatableArray<int> axes, double epsilon)
    {
        Node mean = call.Graph.Mean(x, axes, true), variance = call.Graph.Variance(x, axes, true);
        Node inverse = call.Graph.Map(1 / new ScalarExpression.Unary(UnaryFunction.Sqrt, X + epsilon), variance);
        return (call.Graph.Multiply(call.Graph.Subtract(x, mean), inverse), mean, inverse);
    }

    private static Node Scaled(OnnxCall call, Node x)
    {
        Node Spread(Node channels) => call.Graph.BroadcastAlong(channels, x.Shape, [1]);
        return call.Graph.Add(call.Graph.Multiply(x, Spread(call.Node(1))), Spread(call.Node(2)));
    }
}
