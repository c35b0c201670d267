using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;
using static DLCompiler.Compiler.Tests.Autodiff.Operand;

namespace DLCompiler.Compiler.Tests.Autodiff;

/// <summary>Every operator's gradient rule, first and second order, against central differences.</summary>
public sealed class OperatorGradientTests
{
    private static readonly Dimension N = Dimension.Symbol("N");
    private static readonly ConvolutionGeometry Plain = new(1, 1, 0, 0, 1, 1, 1);
    private static readonly ConvolutionGeometry Strided = new(2, 1, 1, 2, 1, 1, 1);
    private static readonly ConvolutionGeometry Depthwise = new(1, 1, 1, 1, 1, 1, 2);
    private static readonly ConvolutionGeometry Doubling = new(2, 2, 1, 1, 1, 1, 1);
    private static readonly ConvolutionGeometry Grouped = new(1, 2, 2, 1, 2, 1, 2);
    private static readonly AttentionForm Causal = new(2, 2, 0.6) { After = 0 };
    private static readonly PoolGeometry Pool = new(2, 2, 2, 2, 0, 0);
    private static readonly PoolGeometry Overlapping = new(3, 2, 2, 1, 1, 1);

    /// <summary>Functions that between them use every operator, by name.</summary>
    internal static Dictionary<string, (Operand[] Operands, Func<GraphBuilder, IReadOnlyList<Node>, Node> Function)> Cases { get; } = new()
    {
        ["add, broadcast left"] = ([Real(3, 1), Real(N, 3, 4)], (g, x) => g.Add(x[0], x[1])),
        ["subtract, broadcast right"] = ([Real(2, 3), Real()], (g, x) => g.Subtract(x[0], x[1])),
        ["multiply"] = ([Real(N, 3), Real(3)], (g, x) => g.Multiply(x[0], x[1])),
        ["multiply by itself"] = ([Real(5)], (g, x) => g.Multiply(x[0], x[0])),
        ["divide"] = ([Real(4), Positive(4)], (g, x) => g.Divide(x[0], x[1])),
        ["maximum and minimum"] = ([Real(6), Real(6)], (g, x) => g.Subtract(g.Maximum(x[0], x[1]), g.Minimum(x[0], x[1]))),
        ["power"] = ([Positive(4), Real(4)], (g, x) => g.Binary(BinaryFunction.Power, x[0], x[1])),
        ["exp"] = ([Real(5)], (g, x) => g.Exp(x[0])),
        ["log"] = ([Positive(5)], (g, x) => g.Log(x[0])),
        ["sqrt"] = ([Positive(5)], (g, x) => g.Sqrt(x[0])),
        ["square"] = ([Real(5)], (g, x) => g.Square(x[0])),
        ["abs"] = ([Real(5)], (g, x) => g.Abs(x[0])),
        ["sine and cosine"] = ([Real(5)], (g, x) => g.Multiply(g.Unary(UnaryFunction.Sin, x[0]), g.Unary(UnaryFunction.Cos, x[0]))),
        ["tanh"] = ([Real(5)], (g, x) => g.Tanh(x[0])),
        ["sigmoid"] = ([Real(5)], (g, x) => g.Sigmoid(x[0])),
        ["softplus"] = ([Real(5)], (g, x) => g.Softplus(x[0])),
        ["relu"] = ([Real(8)], (g, x) => g.Relu(x[0])),
        ["leaky relu"] = ([Real(8)], (g, x) => g.LeakyRelu(x[0], 0.2)),
        ["gelu"] = ([Real(8)], (g, x) => g.Gelu(x[0])),
        ["relu of a square"] = ([Real(8)], (g, x) => g.Square(g.Relu(x[0]))),
        ["tanh of a sum"] = ([Real(N, 3), Real(3)], (g, x) => g.Tanh(g.Add(x[0], x[1]))),
        ["broadcast"] = ([Real(3, 1)], (g, x) => g.BroadcastAlong(x[0], new Shape(2, 3, N, 4), [1, 3])),
        ["sum"] = ([Real(N, 3, 2)], (g, x) => g.Square(g.ReduceSum(x[0], [0, 2]))),
        ["max"] = ([Real(4, 5)], (g, x) => g.Square(g.ReduceMax(x[0], [1]))),
        ["min"] = ([Real(4, 5)], (g, x) => g.Square(g.ReduceMin(x[0], [0]))),
        ["mean over the batch"] = ([Real(N, 4)], (g, x) => g.Square(g.Mean(x[0], [0], keepDimensions: true))),
        ["variance"] = ([Real(N, 4, 2)], (g, x) => g.Moments(x[0], [0, 2]).Variance),
        ["matrix product"] = ([Real(N, 4), Real(4, 2)], (g, x) => g.MatrixMultiply(x[0], x[1])),
        ["matrix product, one matrix for all"] = ([Real(N, 3, 4), Real(4, 2)], (g, x) => g.MatrixMultiply(x[0], x[1])),
        ["matrix product, broadcast"] = ([Real(2, 3, 4), Real(5, 1, 4, 2)], (g, x) => g.MatrixMultiply(x[0], x[1])),
        ["contract, left transposed"] = ([Real(2, 4, 3), Real(2, 4, 5)], (g, x) => g.Add(new Contract(true, false), x[0], x[1])),
        ["contract, right transposed"] = ([Real(3, 4), Real(5, 4)], (g, x) => g.Add(new Contract(false, true), x[0], x[1])),
        ["contract, both transposed"] = ([Real(4, 3), Real(5, 4)], (g, x) => g.Add(new Contract(true, true), x[0], x[1])),
        ["dense"] = ([Real(N, 2, 4), Real(3, 4), Real(3)], (g, x) => g.Dense(x[0], x[1], x[2])),
        ["convolve"] = ([Real(N, 2, 4, 5), Real(3, 2, 3, 2)], (g, x) => g.Add(new Convolve(Plain), x[0], x[1])),
        ["convolve, strided"] = ([Real(2, 2, 5, 3), Real(2, 2, 3, 3)], (g, x) => g.Add(new Convolve(Strided), x[0], x[1])),
        ["convolve, groups and dilation"] = ([Real(2, 4, 4, 4), Real(2, 2, 3, 2)], (g, x) => g.Add(new Convolve(Grouped), x[0], x[1])),
        ["convolve, depthwise"] = ([Real(2, 2, 4, 3), Real(4, 1, 3, 3)], (g, x) => g.Add(new Convolve(Depthwise), x[0], x[1])),
        ["transposed convolution, output padding"] = ([Real(N, 2, 3, 2), Real(2, 3, 3, 3)], (g, x) =>
            g.Add(new ConvolveInputGradient(Doubling, new Shape(N, 3, 6, 4)), x[0], x[1])),
        ["transposed convolution, groups"] = ([Real(N, 4, 2, 2), Real(4, 1, 2, 2)], (g, x) =>
            g.Add(new ConvolveInputGradient(Doubling with { PaddingY = 0, PaddingX = 0, Groups = 2 }, new Shape(N, 2, 4, 5)), x[0], x[1])),
        ["input gradient"] = ([Real(N, 3, 2, 4), Real(3, 2, 3, 2)], (g, x) => g.Add(new ConvolveInputGradient(Plain, new Shape(N, 2, 4, 5)), x[0], x[1])),
        ["weight gradient"] = ([Real(2, 2, 5, 3), Real(2, 2, 3, 5)], (g, x) => g.Add(new ConvolveWeightGradient(Strided, new Shape(2, 2, 3, 3)), x[0], x[1])),
        ["max pool"] = ([Real(N, 2, 4, 4)], (g, x) => g.Square(g.Add(new MaxPool(Pool), x[0]))),
        ["max pool, overlapping"] = ([Real(1, 2, 5, 4)], (g, x) => g.Square(g.Add(new MaxPool(Overlapping), x[0]))),
        ["max pool gradient"] = ([Ids(4, 1, 2, 2, 2), Real(1, 2, 2, 2)], (g, x) =>
            g.Square(g.Add(new MaxPoolGradient(Pool, new Shape(1, 2, 4, 4)), x[0], x[1]))),
        ["average pool"] = ([Real(N, 2, 4, 4)], (g, x) => g.Square(g.Add(new AveragePool(Pool), x[0]))),
        ["average pool, overlapping"] = ([Real(1, 2, 5, 4)], (g, x) => g.Square(g.Add(new AveragePool(Overlapping), x[0]))),
        ["average pool gradient"] = ([Real(1, 2, 3, 5)], (g, x) => g.Square(g.Add(new AveragePoolGradient(Overlapping, new Shape(1, 2, 5, 4)), x[0]))),
        ["reshape"] = ([Real(N, 2, 3)], (g, x) => g.Square(g.Flatten(x[0]))),
        ["permute"] = ([Real(2, 3, 4)], (g, x) => g.Square(g.Permute(x[0], [2, 0, 1]))),
        ["slice"] = ([Real(N, 6)], (g, x) => g.Square(g.Slice(x[0], 1, 1, 3))),
        ["slice with a step"] = ([Real(N, 7, 2)], (g, x) => g.Square(g.Slice(x[0], 1, 1, 2, 3))),
        ["slice with a step to the end"] = ([Real(5)], (g, x) => g.Square(g.Slice(x[0], 0, 0, 3, 2))),
        ["pad"] = ([Real(2, 3)], (g, x) => g.Square(g.Pad(x[0], 1, 2, 1))),
        ["concat"] = ([Real(N, 2), Real(N, 3), Real(N, 1)], (g, x) => g.Square(g.Concat(1, x))),
        ["concat of batches"] = ([Real(N, 2), Real(N, 2)], (g, x) => g.Square(g.Concat(0, x))),
        ["flip"] = ([Real(2, 3)], (g, x) => g.Square(g.Flip(x[0], 1))),
        ["gather"] = ([Real(5, 3), Ids(5, N, 2)], (g, x) => g.Square(g.Add(new Gather(), x[0], x[1]))),
        ["scatter add"] = ([Ids(3, N, 2), Real(N, 2, 4)], (g, x) => g.Square(g.Add(new ScatterAdd(new Shape(3, 4)), x[0], x[1]))),
        ["cumulative sum"] = ([Real(N, 4)], (g, x) => g.Square(g.Add(new Recurrence(1, false), x[0]))),
        ["recurrence"] = ([Real(2, 4, 3), Real(2, 4, 3)], (g, x) => g.Square(g.Add(new Recurrence(1, false), x[0], x[1]))),
        ["recurrence, reversed"] = ([Real(N, 5), Real(N, 5)], (g, x) => g.Square(g.Add(new Recurrence(1, true), x[0], x[1]))),
        ["recurrence of one element"] = ([Real(N, 1), Real(N, 1)], (g, x) => g.Square(g.Add(new Recurrence(1, false), x[0], x[1]))),
        ["take along"] = ([Real(N, 4, 2), Ids(4, N, 5, 2)], (g, x) => g.Square(g.Add(new TakeAlong(1), x[0], x[1]))),
        ["take along, shared rows"] = ([Real(N, 4, 2), Ids(4, 1, 5, 1)], (g, x) => g.Square(g.Add(new TakeAlong(1), x[0], x[1]))),
        ["add along"] = ([Ids(4, N, 6), Real(N, 6)], (g, x) => g.Square(g.Add(new AddAlong(1, 4), x[0], x[1]))),
        ["sort"] = ([Real(N, 5)], (g, x) => g.Square(g.Add(new TakeAlong(1), x[0], g.Add(new ArgSort(1, true, 3), x[0])))),
        ["softmax"] = ([Real(N, 4)], (g, x) => g.Softmax(x[0])),
        ["softmax over the middle"] = ([Real(2, 3, 2)], (g, x) => g.Softmax(x[0], 1)),
        ["softmax gradient"] = ([Positive(2, 4), Real(2, 4)], (g, x) => g.Add(new SoftmaxGradient(), x[0], x[1])),
        ["softmax cross-entropy"] = ([Real(N, 4), Ids(4, N)], (g, x) => g.Add(new SoftmaxCrossEntropy(), x[0], x[1])),
        ["softmax cross-entropy gradient"] = ([Real(N, 4), Ids(4, N), Real(N)], (g, x) => g.Add(new SoftmaxCrossEntropyGradient(), x[0], x[1], x[2])),
        ["attention"] = ([Real(2, 3, 2, 2), Real(2, 4, 2, 2), Real(2, 4, 2, 2)], (g, x) => g.Add(new Attention(new AttentionForm(2, 2, 0.7)), x)),
        ["attention, causal, of itself"] = ([Real(N, 4, 2, 3)], (g, x) => g.Add(new Attention(Causal), x[0], x[0], x[0])),
        ["attention, packed, grouped, in a window"] = ([Real(1, 4, 8, 2)], (g, x) =>
            g.Add(new Attention(new AttentionForm(4, 2, 0.7) { IsPacked = true, Before = 1, After = 1 }), x)),
        ["attention with lengths"] = ([Real(3, 3, 2, 2), Real(3, 4, 1, 2), Real(3, 4, 1, 2), Ids(4, 3)], (g, x) =>
            g.Add(new Attention(new AttentionForm(2, 1, 0.5) { HasLengths = true }), x)),
        ["attention with a bias"] = ([Real(2, 3, 2, 2), Real(2, 3, 2, 2), Real(2, 3, 2, 2), Real(1, 2, 3, 3)], (g, x) =>
            g.Add(new Attention(Causal with { HasBias = true }), x)),
        ["attention with a bias of distances"] = ([Real(2, 3, 2, 2), Real(2, 4, 2, 2), Real(2, 4, 2, 2), Real(1, 2, 1, 7)], (g, x) =>
            g.Add(new Attention(Causal with { HasBias = true, IsRelative = true }), x)),
        ["attention with dropout"] = ([Real(2, 3, 2, 2), Real(2, 3, 2, 2), Real(2, 3, 2, 2)], (g, x) =>
            g.Add(new Attention(Causal with { DropRate = 0.3 }), [.. x, g.Add(new RandomUniform(new Shape(2, 2, 3, 16), 3))])),
        ["batch norm"] = ([Real(N, 2, 2, 2), Real(2), Real(2)], (g, x) => BatchNorm(g, x, 0.1)),
        ["batch norm of rows"] = ([Real(N, 2), Real(2), Real(2)], (g, x) => BatchNorm(g, x, 0.5)),
        ["update of a slice"] = ([Real(2, 5), Real(2, 3), Ids(3)], (g, x) => g.Square(g.Add(new UpdateSlice(1), x[0], x[1], x[2]))),
        ["slice at a position"] = ([Real(2, 5), Ids(3)], (g, x) => g.Square(g.Add(new SliceAt(1, 3), x[0], x[1]))),
        ["scan"] = ([Real(2), Real(Dimension.Symbol("T"), 2), Real(2)], (g, x) => Recurrence(g, x, result: 1)),
        ["scan, reversed"] = ([Real(2), Real(Dimension.Symbol("T"), 2), Real(2)], (g, x) => Recurrence(g, x, result: 1, reverse: true)),
        ["scan, last state"] = ([Real(2), Real(Dimension.Symbol("T"), 2), Real(2)], (g, x) => Recurrence(g, x, result: 0)),
        ["scan, entry states"] = ([Real(2), Real(Dimension.Symbol("T"), 2), Real(2)], (g, x) => Recurrence(g, x, result: 2)),
        ["scan, all results"] = ([Real(2), Real(Dimension.Symbol("T"), 2), Real(2)], (g, x) =>
            g.Multiply(Recurrence(g, x, 1), g.Add(Recurrence(g, x, 0), Recurrence(g, x, 2)))),
        ["repeat"] = ([Real(2), Real(3, 2), Real(2)], (g, x) => Recurrence(g, x, result: 0, repeat: true)),
        ["scan with dropout"] = ([Real(2), Real(Dimension.Symbol("T"), 2), Real(2)], (g, x) => Recurrence(g, x, result: 1, dropout: true)),
        ["recompute"] = ([Real(N, 4)], (g, x) => g.Square(g.Add(new Recompute(0), g.Square(x[0])))),
        ["dropout"] = ([Real(N, 4)], (g, x) => Dropout(g, x[0], 0.4)),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void FirstDerivativesAreThoseOfTheFunction(string name) => GradientCheck.First(Cases[name].Operands, Cases[name].Function);

    [Theory]
    [MemberData(nameof(Names))]
    public void SecondDerivativesAreThoseOfTheGradient(string name) => GradientCheck.Second(Cases[name].Operands, Cases[name].Function);

    [Fact]
    public void EveryOperatorIsChecked()
    {
        // Sources, positions and what only predictions have, have no gradient; StopGradient's is checked to be none in ReverseModeTests.
        Type[] exempt = [typeof(Input), typeof(Parameter), typeof(State), typeof(Constant), typeof(Iota), typeof(StopGradient), typeof(Memory), typeof(Append)];
        var used = new HashSet<Type>(exempt);
        foreach ((Operand[] operands, Func<GraphBuilder, IReadOnlyList<Node>, Node> function) in Cases.Values)
        {
            var graph = new GraphBuilder();
            Node result = function(graph, [.. operands.Select((operand, i) => graph.Add(new Input($"x{i}", operand.Type)))]);
            Node loss = graph.ReduceSum(result, Enumerable.Range(0, result.Shape.Rank).ToEquatableArray());
            _ = Compiler.Autodiff.ReverseMode.Gradients(graph, loss, [.. graph.Nodes.Where(node => node.Operator is Input && node.Type.Element.IsFloat())]);
            used.UnionWith(graph.Nodes.Select(node => node.Operator.GetType()));
        }

        IEnumerable<Type> all = typeof(Operator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract);
        Assert.Empty(all.Except(used));
    }

    private static Node BatchNorm(GraphBuilder graph, IReadOnlyList<Node> x, double epsilon)
    {
        EquatableArray<int> axes = Enumerable.Range(0, x[0].Shape.Rank).Where(axis => axis != 1).ToEquatableArray();
        return graph.Add(new BatchNormalize(epsilon), x[0], x[1], x[2], graph.Moments(x[0], axes).Mean, graph.Moments(x[0], axes).Variance);
    }

    /// <summary>h ← tanh(h·w + x), with outputs h²·x.</summary>
    private static Node Recurrence(GraphBuilder graph, IReadOnlyList<Node> x, int result, bool reverse = false, bool repeat = false, bool dropout = false)
    {
        var body = new GraphBuilder();
        var type = new TensorType(ElementType.Float64, new Shape(2));
        Node h = body.Add(new Input("h", type)), element = body.Add(new Input("x", type)), weight = body.Add(new Input("w", type));
        Node next = body.Tanh(body.Add(body.Multiply(h, weight), element));
        if (dropout) next = Dropout(body, next, 0.5);
        var step = new SubGraph([h, element, weight], [next, body.Multiply(body.Square(next), element)]);
        return repeat ? graph.Add(new Repeat(step, 1, 1, reverse, result), x) : graph.Add(new Scan(step, 1, 1, reverse, result), x);
    }

    private static Node Dropout(GraphBuilder graph, Node x, double rate)
    {
        Node uniform = graph.Add(new RandomUniform(x.Shape, 0));
        ScalarExpression keep = new ScalarExpression.Compare(Comparison.GreaterOrEqual, new ScalarExpression.Input(1), rate);
        return graph.Map(new ScalarExpression.Select(keep, new ScalarExpression.Input(0) * (1 / (1 - rate)), 0), x, uniform);
    }
}
