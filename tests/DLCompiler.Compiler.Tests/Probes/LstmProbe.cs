using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Simplify;
using DLCompiler.Compiler.Tests.Autodiff;
using DLCompiler.Compiler.Tests.Reference;
using Xunit;

namespace DLCompiler.Compiler.Tests.Probes;

/// <summary>
/// Can the graph express a recurrent network before the vocabulary has one? An LSTM (Hochreiter and Schmidhuber 1997; gates i, f, g, o as PyTorch) over a
/// batch of sequences of different lengths: x [T, N, I], lengths [N] → all hidden states [T, N, H] (zeros past a sample's end) and the last of each
/// sample [N, H].
/// </summary>
public sealed class LstmProbe
{
    private const int Inputs = 2, Hidden = 3;
    private static readonly Dimension N = Dimension.Symbol("N");
    private static readonly Dimension T = Dimension.Symbol("T");

    // x, lengths, input weight, recurrent weight, bias, first hidden state, first cell state.
    private static readonly Operand[] Operands =
    [
        Operand.Real(T, N, Inputs), new(new TensorType(ElementType.Int32, new Shape(N)), 1, 5), Operand.Real(4 * Hidden, Inputs),
            Operand.Real(4 * Hidden, Hidden),
        Operand.Real(4 * Hidden), Operand.Real(N, Hidden), Operand.Real(N, Hidden),
    ];

    [Fact]
    public void ForwardIsThatOfALoopByHand()
    {
        (GraphBuilder graph, Node[] x, Dictionary<Node, ReferenceTensor> feeds) = Feed([4, 1, 3]);
        Node[] results = [Lstm(graph, x, 2), Lstm(graph, x, 0)];

        ReferenceTensor[] values = ReferenceInterpreter.Evaluate(results, feeds, Operand.Symbols);

        (double[,,] outputs, double[,] last) = ByHand([.. x.Select(node => feeds[node])]);
        Assert.Equal(outputs.Cast<double>(), values[0].Values, (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(last.Cast<double>(), values[1].Values, (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal("Float64 [T, N, 3]", results[0].Type.ToString());
    }

    [Fact]
    public void GradientThroughAllHiddenStates() => GradientCheck.First(Operands, (g, x) => Lstm(g, x, 2));

    [Fact]
    public void GradientThroughTheLastStates() => GradientCheck.First(Operands, (g, x) => g.Concat(1, Lstm(g, x, 0), Lstm(g, x, 1)));

    [Fact]
    public void GradientThroughEverythingIsOneLoop()
    {
        GradientCheck.First(Operands, (g, x) => Sum(g, x));

        (GraphBuilder graph, Node[] inputs, _) = Feed([4, 1, 3]);
        Node loss = graph.ReduceSum(Sum(graph, inputs), [0, 1, 2]);
        Node[] variables = [.. inputs.Where(node => node.Type.Element.IsFloat())];
        IReadOnlyDictionary<Node, Node> gradients = Compiler.Autodiff.ReverseMode.Gradients(graph, loss, variables);
        SimplifiedGraph simplified = GraphSimplifier.Simplify([.. variables.Select(variable => gradients[variable])]);
        Assert.Equal(2, simplified.Graph.Nodes.Where(node => node.Operator is Loop).Select(node => ((Loop)node.Operator).Body).Distinct().Count());

        static Node Sum(GraphBuilder g, IReadOnlyList<Node> x) => g.Add(Lstm(g, x, 2), g.Multiply(Lstm(g, x, 0), Lstm(g, x, 1)));
    }

    [Fact]
    public void SecondOrder() => GradientCheck.Second(Operands, (g, x) => Lstm(g, x, 2));

    [Fact]
    public void BothDirections() => GradientCheck.First(Operands, (g, x) => g.Concat(2, Lstm(g, x, 2), Lstm(g, x, 2, reverse: true)));

    [Fact]
    public void SimplifyingTheBodyKeepsTheValues()
    {
        (GraphBuilder graph, Node[] x, Dictionary<Node, ReferenceTensor> feeds) = Feed([2, 4, 3]);
        Node output = Lstm(graph, x, 2);
        SimplifiedGraph simplified = GraphSimplifier.Simplify([output]);
        Dictionary<Node, ReferenceTensor> simplifiedFeeds = feeds.ToDictionary(feed => simplified.Replacements[feed.Key], feed => feed.Value);
        Assert.Equal(
            ReferenceInterpreter.Evaluate([output], feeds, Operand.Symbols)[0].Values,
            ReferenceInterpreter.Evaluate(simplified.Outputs, simplifiedFeeds, Operand.Symbols)[0].Values,
            (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void SequencesOfDifferentLengthAreRejected()
    {
        (GraphBuilder graph, Node[] x, _) = Feed([4, 1, 3]);
        var error = Assert.Throws<ShapeException>(() =>
            Lstm(graph, [graph.Add(new Input("short", new TensorType(ElementType.Float64, new Shape(7, N, Inputs)))), .. x.Skip(1)], 2, steps: T));
        Assert.Equal("Scan: the sequences [7, N, 2] and [T] differ in length: dimension 0 is 7 and T", error.Message);
    }

    /// <summary>The scan's result: 0 the last hidden state, 1 the last cell state, 2 all hidden states.</summary>
    private static Node Lstm(GraphBuilder graph, IReadOnlyList<Node> x, int result, bool reverse = false, Dimension? steps = null)
    {
        var body = new GraphBuilder();
        Node Parameter(string name, TensorType type) => body.Add(new Input(name, type));
        TensorType states = x[5].Type;
        Node h = Parameter("h", states), c = Parameter("c", states);
        Node input = Parameter("x", states with { Shape = new Shape(N, Inputs) }), t = Parameter("t", new TensorType(ElementType.Int32, Shape.Scalar));
        Node lengths = Parameter("lengths", x[1].Type), inputWeight = Parameter("w_ih", x[2].Type), recurrentWeight = Parameter("w_hh", x[3].Type),
            bias = Parameter("b", x[4].Type);

        Node gates = body.Add(body.Dense(input, inputWeight, bias), body.Dense(h, recurrentWeight, null));
        Node Gate(int number) => body.Slice(gates, 1, number * Hidden, Hidden);
        Node cell = body.Add(body.Multiply(body.Sigmoid(Gate(1)), c), body.Multiply(body.Sigmoid(Gate(0)), body.Tanh(Gate(2))));
        Node hidden = body.Multiply(body.Sigmoid(Gate(3)), body.Tanh(cell));

        // Past its end, a sample keeps its states and puts out zeros.
        var isInside = new ScalarExpression.Compare(Comparison.Less, new ScalarExpression.Input(2), new ScalarExpression.Input(3));
        Node Choose(Node inside, Node past) => body.Map(
            new ScalarExpression.Select(isInside, new ScalarExpression.Input(0), new ScalarExpression.Input(1)),
            inside, past, body.BroadcastAlong(t, states.Shape, []), body.BroadcastAlong(lengths, states.Shape, [0]));
        var step = new SubGraph(
            [h, c, input, t, lengths, inputWeight, recurrentWeight, bias],
            [Choose(hidden, h), Choose(cell, c), Choose(hidden, body.Constant(0, states))]);
        Node index = graph.Add(new Iota(new Shape(steps ?? x[0].Shape[0]), 0, ElementType.Int32));
        return graph.Add(new Scan(step, 2, 2, reverse, result), x[5], x[6], x[0], index, x[1], x[2], x[3], x[4]);
    }

    private static (double[,,] Outputs, double[,] Last) ByHand(ReferenceTensor[] x)
    {
        (int steps, int batch) = (x[0].Shape[0], x[0].Shape[1]);
        var outputs = new double[steps, batch, Hidden];
        var last = new double[batch, Hidden];
        for (int n = 0; n < batch; n++)
        {
            double[] h = [.. Enumerable.Range(0, Hidden).Select(j => x[5][n, j])], c = [.. Enumerable.Range(0, Hidden).Select(j => x[6][n, j])];
            for (int t = 0; t < (int)x[1][n]; t++)
            {
                double Gate(int row) => x[4][row]
                    + Enumerable.Range(0, Inputs).Sum(i => x[2][row, i] * x[0][t, n, i]) + Enumerable.Range(0, Hidden).Sum(i => x[3][row, i] * h[i]);
                double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
                double[] gates = [.. Enumerable.Range(0, 4 * Hidden).Select(Gate)];
                for (int j = 0; j < Hidden; j++)
                {
                    c[j] = (Sigmoid(gates[Hidden + j]) * c[j]) + (Sigmoid(gates[j]) * Math.Tanh(gates[(2 * Hidden) + j]));
                    outputs[t, n, j] = h[j] = Sigmoid(gates[(3 * Hidden) + j]) * Math.Tanh(c[j]);
                }
            }

            for (int j = 0; j < Hidden; j++) last[n, j] = h[j];
        }

        return (outputs, last);
    }

    private static (GraphBuilder Graph, Node[] Inputs, Dictionary<Node, ReferenceTensor> Feeds) Feed(int[] lengths)
    {
        var graph = new GraphBuilder();
        var random = new Random(5);
        Node[] inputs = [.. Operands.Select((operand, i) => graph.Add(new Input($"x{i}", operand.Type)))];
        Dictionary<Node, ReferenceTensor> feeds = inputs.Zip(Operands).ToDictionary(pair => pair.First, pair => pair.Second.Draw(random));
        feeds[inputs[1]] = new ReferenceTensor([3], [.. lengths.Select(length => (double)length)]);
        return (graph, inputs, feeds);
    }
}
