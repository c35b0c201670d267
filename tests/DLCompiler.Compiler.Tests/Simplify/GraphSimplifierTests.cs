using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Autodiff;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Simplify;
using DLCompiler.Compiler.Tests.Autodiff;
using DLCompiler.Compiler.Tests.Reference;
using Xunit;

namespace DLCompiler.Compiler.Tests.Simplify;

/// <summary>Each rewrite: the operators that are left, in order, and the same values as before.</summary>
public sealed class GraphSimplifierTests
{
    private static readonly Dimension N = Dimension.Symbol("N");
    private static readonly ScalarExpression A = new ScalarExpression.Input(0);
    private static readonly ScalarExpression B = new ScalarExpression.Input(1);

    private static readonly Dictionary<string, (Func<GraphBuilder, Node, Node> Build, string Left)> Cases = new()
    {
        ["dead code"] = ((g, x) => { _ = g.Exp(x); return g.Tanh(x); }, "Map<tanh(a)>"),
        ["x*1 + 0"] = ((g, x) => g.Add(g.Add(new Map(A * B, x.Type.Element), x, g.Constant(1, x.Type)), 0), ""),
        ["a constant operand"] = ((g, x) => g.Multiply(x, g.Broadcast(g.Scalar(3, x.Type.Element), x.Shape)), "Map<3*a>"),
        ["a run-time size as operand"] = (
            (g, x) => g.Multiply(x, g.Broadcast(g.Map(1 / new ScalarExpression.Size(N), g.Scalar(0, x.Type.Element)), x.Shape)),
            "Map<a*(1/N)>"),
        ["an operand used twice"] = ((g, x) => g.Add(new Map(A - B, x.Type.Element), x, x), "Map<a - a>"),
        ["a map of constants"] = ((g, x) => g.Add(new Map(A + B, x.Type.Element), g.Constant(2, x.Type), g.Constant(3, x.Type)), "Constant<5>"),
        ["views of a constant"] = (
            (g, x) =>
                g.Reshape(g.Permute(g.Add(new Broadcast(new Shape(2, 3), [1]), g.Constant(4, new TensorType(ElementType.Float64, new Shape(3)))), [1, 0]),
                new Shape(6)),
            "Constant<4>"),
        ["a sum of a constant"] = ((g, x) => g.ReduceSum(g.Constant(2, new TensorType(ElementType.Float64, new Shape(4, 3))), [0]), "Constant<8>"),
        ["a sum of ones over the batch"] = ((g, x) => g.ReduceSum(g.Constant(1, x.Type), [0, 1, 2]), "Constant<0>, Map<6*N>"),
        ["padded zeros"] = ((g, x) => g.Add(x, g.Pad(g.Constant(0, new TensorType(ElementType.Float64, new Shape(N, 2, 2))), 2, 1, 0)), ""),
        ["zeros in a row"] = (
            (g, x) => g.Concat(1, g.Constant(0, new TensorType(ElementType.Float64, new Shape(N, 1, 3))),
                g.Constant(0, new TensorType(ElementType.Float64, new Shape(N, 1, 3)))),
            "Constant<0>"),
        ["stopped gradients"] = ((g, x) => g.Add(new StopGradient(), x), ""),
        ["a reshape back"] = ((g, x) => g.Add(new Reshape(x.Shape), g.Add(new Reshape(new Shape(6 * N)), x)), ""),
        ["a reshape of a reshape"] = ((g, x) => g.Add(new Reshape(new Shape(3, 2 * N)), g.Add(new Reshape(new Shape(6 * N)), x)), "Reshape"),
        ["a permutation and its inverse"] = ((g, x) => g.Add(new Permute([1, 2, 0]), g.Add(new Permute([2, 0, 1]), x)), ""),
        ["two permutations"] = ((g, x) => g.Add(new Permute([1, 0, 2]), g.Add(new Permute([2, 0, 1]), x)), "Permute<[0, 2, 1]>"),
        ["a permutation of ones"] = ((g, x) => g.Permute(g.ReduceSum(x, [1], keepDimensions: true), [1, 0, 2]), "Reduce<Sum [1]>, Reshape"),
        ["a slice of a slice"] = ((g, x) => g.Slice(g.Slice(x, 2, 1, 2), 2, 1, 1), "Slice<axis 2, 2..3>"),
        ["a slice without the padding"] = ((g, x) => g.Slice(g.Pad(x, 2, 4, 1), 2, 4, 3), ""),
        ["padding twice"] = ((g, x) => g.Pad(g.Pad(x, 2, 1, 0), 2, 2, 3), "Pad<axis 2, 3 before, 3 after>"),
        ["halves of an axis that are split"] = (
            (g, x) => g.Reshape(g.Slice(g.Concat(2, x, g.Square(x), x, x), 2, 6, 6), new Shape(N, 2, 2, 3)),
            "Map<a*a>, Concat<axis 2>, Reshape, Slice<axis 2, 2..4>"),
        ["a flip back"] = ((g, x) => g.Flip(g.Flip(x, 2), 2), ""),
        ["a broadcast to the same shape"] = ((g, x) => g.Add(new Broadcast(x.Shape, [0, 1, 2]), x), ""),
        ["a broadcast of a broadcast"] = (
            (g, x) => g.BroadcastAlong(g.BroadcastAlong(x, new Shape(N, 2, 5, 3), [0, 1, 3]), new Shape(4, N, 2, 5, 3), [1, 2, 3, 4]),
            "Broadcast<axes [1, 2, 4]>"),
        ["a kept axis that is repeated"] = (
            (g, x) => g.Broadcast(g.ReduceSum(x, [1], keepDimensions: true), x.Shape),
            "Reduce<Sum [1]>, Broadcast<axes [0, 2]>"),
        ["a map of repeated operands"] = ((g, x) => g.Exp(g.BroadcastAlong(x, new Shape(4, N, 2, 3), [1, 2, 3])), "Map<exp(a)>, Broadcast<axes [1, 2, 3]>"),
        ["a reduction of ones"] = ((g, x) => g.ReduceMax(g.Reshape(x, new Shape(N, 1, 2, 3)), [1]), ""),
        ["a sum of a sum"] = ((g, x) => g.ReduceSum(g.ReduceSum(x, [1]), [0]), "Reduce<Sum [0, 1]>"),
        ["a sum of repeated elements"] = (
            (g, x) => g.ReduceSum(g.BroadcastAlong(x, new Shape(N, 4, 2, 5, 3), [0, 2, 4]), [1]),
            "Map<4*a>, Broadcast<axes [0, 1, 3]>"),
        ["a maximum of repeated elements"] = ((g, x) => g.ReduceMax(g.BroadcastAlong(x, new Shape(5, N, 2, 3), [1, 2, 3]), [0]), ""),
        ["a product with a transposed matrix"] = (
            (g, x) => g.Add(new Contract(false, true), x, g.Transpose(g.Exp(g.Permute(x, [0, 2, 1])), 1, 2)),
            "Permute<[0, 2, 1]>, Map<exp(a)>, Contract"),
        ["the gradient of a mean square"] = (MeanSquareGradient, "Map<2*(1/(6*N)*a)>"),
        ["a selection by a pool's input, of the pool's gradient"] = (
            (g, x) =>
            {
                Node image = g.Reshape(x, new Shape(N, 1, 2, 3)), even = g.Pad(image, 3, 0, 1);
                Node spread = Spread(g, even, new PoolGeometry(2, 2, 2, 2, 0, 0));
                return g.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Greater, A, 0), B, 0), even, spread);
            },
            "Reshape, Pad<axis 3, 0 before, 1 after>, MaxPoolIndex<2×2, stride 2×2>, MaxPool<2×2, stride 2×2>, Map<tanh(a)>, Map<select(a > 0, b, 0)>, "
            + "MaxPoolGradient<2×2, stride 2×2>"),
        ["the sum of a pool's gradient"] = (
            (g, x) => g.ReduceSum(Spread(g, g.Reshape(x, new Shape(N, 1, 2, 3)), new PoolGeometry(2, 2, 1, 1, 0, 0)), [2, 3]),
            "Reshape, MaxPool<2×2, stride 1×1>, Map<tanh(a)>, Reduce<Sum [2, 3]>"),
    };

    // The gradient of a pool for something that is computed from its result.
    private static Node Spread(GraphBuilder graph, Node image, PoolGeometry geometry)
    {
        Node index = graph.Add(new MaxPoolIndex(geometry), image);
        Node pooled = graph.Add(new MaxPool(geometry), image);
        return graph.Add(new MaxPoolGradient(geometry, image.Shape), index, graph.Tanh(pooled));
    }

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void LeavesWhatIsNeeded(string name)
    {
        (_, SimplifiedGraph simplified) = Run(name);
        Assert.Equal(Cases[name].Left, string.Join(", ", simplified.Graph.Nodes.Where(node => node.Operator is not Input).Select(Describe)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void KeepsTheValues(string name)
    {
        (Node before, SimplifiedGraph simplified) = Run(name);
        var value = ReferenceTensor.Generate([5, 2, 3], index => Math.Sin((7 * index[0]) + (3 * index[1]) + index[2]));
        ReferenceTensor expected = Evaluate(before, value), actual = Evaluate(simplified.Outputs[0], value);
        Assert.Equal(expected.Shape, actual.Shape);
        for (int i = 0; i < expected.Values.Length; i++) Assert.Equal(expected.Values[i], actual.Values[i], 1e-13);
    }

    public static TheoryData<string> OperatorNames => OperatorGradientTests.Names;

    [Theory]
    [MemberData(nameof(OperatorNames))]
    public void GradientsOfGradientsKeepTheirValues(string name)
    {
        (Operand[] operands, Func<GraphBuilder, IReadOnlyList<Node>, Node> function) = OperatorGradientTests.Cases[name];
        var graph = new GraphBuilder();
        var random = new Random(8);
        Node[] inputs = [.. operands.Select((operand, i) => graph.Add(new Input($"x{i}", operand.Type)))];
        Node[] variables = [.. inputs.Where(node => node.Type.Element.IsFloat())];
        Node Loss(IEnumerable<Node> terms) => terms.Select(term => graph.ReduceSum(graph.Square(term), Enumerable.Range(0, term.Shape.Rank).ToEquatableArray()))
            .Aggregate((sum, term) => graph.Add(sum, term));
        IReadOnlyDictionary<Node, Node> first = ReverseMode.Gradients(graph, Loss([function(graph, inputs)]), variables);
        IReadOnlyDictionary<Node, Node> second = ReverseMode.Gradients(graph, Loss(first.Values), variables);
        Node[] outputs = [.. variables.Select(variable => second[variable])];
        Dictionary<Node, ReferenceTensor> feeds = inputs.Zip(operands).ToDictionary(pair => pair.First, pair => pair.Second.Draw(random));
        static double Uniform(int stream, long index) => index % 7 / 7.0;

        SimplifiedGraph simplified = GraphSimplifier.Simplify(outputs);

        ReferenceTensor[] expected = ReferenceInterpreter.Evaluate(outputs, feeds, Operand.Symbols, Uniform);
        ReferenceTensor[] actual = ReferenceInterpreter.Evaluate(
            simplified.Outputs,
            feeds.Where(feed => simplified.Replacements.ContainsKey(feed.Key)).ToDictionary(feed => simplified.Replacements[feed.Key], feed => feed.Value),
            Operand.Symbols,
            Uniform);
        for (int i = 0; i < expected.Length; i++)
        {
            double scale = Math.Max(1, expected[i].Values.Max(Math.Abs));
            Assert.Equal(expected[i].Values, actual[i].Values, (a, b) => Math.Abs(a - b) <= 1e-12 * scale);
        }
    }

    [Fact]
    public void KeepsLabelsAndUnusedInputs()
    {
        var graph = new GraphBuilder();
        var type = new TensorType(ElementType.Float32, new Shape(N, 4));
        Node used = graph.Add(new Input("used", type)), unused = graph.Add(new Input("unused", type));
        Node state = graph.Add(new State("norm.running_mean", new TensorType(ElementType.Float32, new Shape(4))));
        graph.Label = "fc1";
        Node output = graph.Tanh(graph.Multiply(used, 1));
        Node mean = graph.Mean(used, [0]);
        var function = new FunctionGraph("Train", FunctionKind.Step, graph, [used, unused], [output], [(state, mean)], [], null);

        FunctionGraph simplified = GraphSimplifier.Simplify(function);

        Assert.Equal(["used", "unused"], simplified.Inputs.Select(node => ((Input)node.Operator).Identifier));
        Assert.Equal("fc1", simplified.Outputs[0].Label);
        Assert.IsType<State>(simplified.StateWrites[0].State.Operator);
        Assert.Same(simplified.Inputs[0], simplified.Outputs[0].Inputs[0]);
        Assert.DoesNotContain(simplified.Graph.Nodes, graph.Nodes.Contains);
    }

    [Fact]
    public void ReplacementsHoldTheOldValues()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input("x", new TensorType(ElementType.Float64, new Shape(4))));
        Node tanh = graph.Tanh(x), twice = graph.Multiply(graph.Multiply(tanh, 1), 2);
        SimplifiedGraph simplified = GraphSimplifier.Simplify([twice]);
        Assert.Same(simplified.Outputs[0].Inputs[0], simplified.Replacements[tanh]);
        Assert.Same(simplified.Outputs[0], simplified.Replacements[twice]);
    }

    private static Node MeanSquareGradient(GraphBuilder graph, Node x) => ReverseMode.Gradients(graph, graph.Mean(graph.Square(x)), [x])[x];

    private static (Node Before, SimplifiedGraph After) Run(string name)
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input("x", new TensorType(ElementType.Float64, new Shape(N, 2, 3))));
        Node result = Cases[name].Build(graph, x);
        return (result, GraphSimplifier.Simplify([result]));
    }

    private static string Describe(Node node) => node.Operator.Attributes.Length > 0 ? $"{node.Operator.Name}<{node.Operator.Attributes}>" : node.Operator.Name;

    private static ReferenceTensor Evaluate(Node output, ReferenceTensor value)
    {
        var feeds = new Dictionary<Node, ReferenceTensor>();
        var pending = new Stack<Node>([output]);
        while (pending.TryPop(out Node? node))
        {
            if (node.Operator is Input) feeds[node] = value;
            foreach (Node input in node.Inputs) pending.Push(input);
        }

        return ReferenceInterpreter.Evaluate([output], feeds, new Dictionary<string, long> { ["N"] = 5 })[0];
    }
}
