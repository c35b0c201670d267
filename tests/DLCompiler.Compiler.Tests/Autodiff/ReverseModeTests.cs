using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Autodiff;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Simplify;
using DLCompiler.Compiler.Tests.Reference;
using Xunit;
using static DLCompiler.Compiler.Tests.Autodiff.Operand;

namespace DLCompiler.Compiler.Tests.Autodiff;

public sealed class ReverseModeTests
{
    private static readonly Dimension N = Dimension.Symbol("N");

    [Fact]
    public void ContributionsAreAdded() =>
        GradientCheck.First([Real(4), Real(4)], (g, x) => g.Add(g.Multiply(x[0], x[1]), g.Add(g.Tanh(x[0]), g.Multiply(x[0], g.Exp(x[0])))));

    [Fact]
    public void StoppedGradientsDoNotFlow()
    {
        (GraphBuilder graph, Node x) = Source(3);
        Node loss = graph.ReduceSum(graph.Multiply(x, graph.Add(new StopGradient(), graph.Square(x))), [0]);
        ReferenceTensor gradient = Evaluate(ReverseMode.Gradients(graph, loss, [x])[x], x, [1, 2, -3]);
        Assert.Equal([1, 4, 9], gradient.Values);
    }

    [Fact]
    public void AnIndependentNodeHasZeros()
    {
        (GraphBuilder graph, Node x) = Source(3);
        Node other = graph.Add(new Input("y", new TensorType(ElementType.Float64, new Shape(N, 2))));
        Node gradient = ReverseMode.Gradients(graph, graph.ReduceSum(x, [0]), [other])[other];
        Assert.Equal(new Constant(other.Type, 0), gradient.Operator);
    }

    [Fact]
    public void AnIntermediateNodeAndItsSourceBothHaveTheWholeGradient()
    {
        (GraphBuilder graph, Node x) = Source(2);
        Node square = graph.Square(x), loss = graph.ReduceSum(graph.Add(square, x), [0]);
        IReadOnlyDictionary<Node, Node> gradients = ReverseMode.Gradients(graph, loss, [x, square]);
        Assert.Equal([1, 1], Evaluate(gradients[square], x, [3, 4]).Values);
        Assert.Equal([7, 9], Evaluate(gradients[x], x, [3, 4]).Values);
    }

    [Fact]
    public void GradientsCarryTheLabelsOfTheirNodes()
    {
        (GraphBuilder graph, Node x) = Source(2);
        graph.Label = "fc1";
        Node hidden = graph.Tanh(x);
        graph.Label = "loss";
        Node loss = graph.ReduceSum(hidden, [0]);
        graph.Label = "outside";
        Node gradient = ReverseMode.Gradients(graph, loss, [x])[x];
        Assert.Equal("fc1", gradient.Label);
        Assert.Equal("outside", graph.Label);
    }

    [Fact]
    public void ReluAndTanhKeepTheirResultOnly()
    {
        // The pre-activation is read by the activation alone, so that it can be computed in place.
        (GraphBuilder graph, Node x) = Source(4);
        Node product = graph.Multiply(x, x), relu = graph.Relu(product), loss = graph.ReduceSum(graph.Tanh(relu), [0]);
        Node gradient = ReverseMode.Gradients(graph, loss, [x])[x];
        SimplifiedGraph simplified = GraphSimplifier.Simplify([loss, gradient]);
        Node before = simplified.Replacements[product];
        Assert.Equal([simplified.Replacements[relu]], simplified.Graph.Nodes.Where(node => node.Inputs.Contains(before)));
    }

    [Fact]
    public void ALossIsAScalar()
    {
        (GraphBuilder graph, Node x) = Source(2);
        Assert.Throws<ArgumentException>(() => ReverseMode.Gradients(graph, x, [x]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AConvolutionalNetwork(int order) => Check(
        order,
        [Real(N, 1, 6, 6), Real(2, 1, 3, 3), Real(2), Real(2), Real(3, 8), Real(3), Ids(3, N)],
        (g, x) =>
        {
            Node y = g.Add(new Convolve(new(1, 1, 0, 0, 1, 1, 1)), x[0], x[1]);
            y = g.Tanh(g.Add(new BatchNormalize(0.1), y, x[2], x[3], g.Moments(y, [0, 2, 3]).Mean, g.Moments(y, [0, 2, 3]).Variance));
            y = g.Dense(g.Flatten(g.Add(new MaxPool(new(2, 2, 2, 2, 0, 0)), y)), x[4], x[5]);
            return g.Mean(g.Add(new SoftmaxCrossEntropy(), y, x[6]));
        });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ADiscriminatorLossOnLogits(int order) => Check(
        order,
        [Real(N, 4), Real(5, 4), Real(5), Real(1, 5)],
        (g, x) => g.Mean(g.Softplus(g.Negate(g.Dense(g.LeakyRelu(g.Dense(x[0], x[1], x[2]), 0.2), x[3], null)))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AttentionByHand(int order) => Check(
        order,
        [Real(N, 3, 4), Real(4, 4), Real(4, 4), Real(4, 4)],
        (g, x) =>
        {
            Node q = g.MatrixMultiply(x[0], x[1]), k = g.MatrixMultiply(x[0], x[2]), v = g.MatrixMultiply(x[0], x[3]);
            return g.MatrixMultiply(g.Softmax(g.Multiply(g.MatrixMultiply(q, g.Transpose(k, 1, 2)), 0.5)), v);
        });

    /// <summary>
    /// Gulrajani et al., "Improved training of Wasserstein GANs", 2017: the penalty (‖∂D/∂x‖ − 1)² is a function of a gradient, and the discriminator's
    /// weights are trained through it.
    /// </summary>
    [Fact]
    public void AGradientPenalty() => GradientCheck.First(
        [Real(N, 1, 6, 6), Real(2, 1, 3, 3), Real(2), Real(1, 32)],
        (g, x) =>
        {
            Node y = g.Add(new Convolve(new(1, 1, 0, 0, 1, 1, 1)), x[0], x[1]);
            y = g.LeakyRelu(g.Add(y, g.BroadcastAlong(x[2], y.Shape, [1])), 0.2);
            Node scores = g.Dense(g.Tanh(g.Flatten(y)), x[3], null);
            Node slope = ReverseMode.Gradients(g, g.ReduceSum(scores, [0, 1]), [x[0]])[x[0]];
            Node norm = g.Sqrt(g.ReduceSum(g.Square(slope), [1, 2, 3]));
            return g.Mean(g.Square(g.Add(norm, -1)));
        });

    private static void Check(int order, IReadOnlyList<Operand> operands, Func<GraphBuilder, IReadOnlyList<Node>, Node> function)
    {
        if (order == 1) GradientCheck.First(operands, function);
        else GradientCheck.Second(operands, function);
    }

    private static (GraphBuilder Graph, Node X) Source(int size)
    {
        var graph = new GraphBuilder();
        return (graph, graph.Add(new Input("x", new TensorType(ElementType.Float64, new Shape(size)))));
    }

    private static ReferenceTensor Evaluate(Node output, Node x, double[] value) =>
        ReferenceInterpreter.Evaluate([output], new Dictionary<Node, ReferenceTensor> { [x] = new([value.Length], value) })[0];
}
