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
/// Can the graph express a GPT before the vocabulary has one? Two pre-norm blocks as one <see cref="Repeat"/> over stacked parameters, one table for embedding
/// and output (tied), and key and value caches as <see cref="State"/>s [L, B, heads, positions, D/heads] that <see cref="UpdateSlice"/> extends.
/// Prefill and one-token decoding are the same program for another number of tokens.
/// </summary>
public sealed class TransformerProbe
{
    private const int Layers = 2, Width = 4, Heads = 2, HeadWidth = Width / Heads, Vocabulary = 7, Positions = 6, Batch = 2;

    private static readonly Shape Cache = new(Layers, Batch, Heads, Positions, HeadWidth);

    private static readonly (string Name, Shape Shape)[] Parameters =
    [
        ("embedding.weight", new Shape(Vocabulary, Width)), ("positions.weight", new Shape(Positions, Width)), ("norm.weight", new Shape(Width)),
        ("blocks.norm1.weight", new Shape(Layers, Width)), ("blocks.norm2.weight", new Shape(Layers, Width)),
            ("blocks.qkv.weight", new Shape(Layers, 3 * Width, Width)),
        ("blocks.out.weight", new Shape(Layers, Width, Width)), ("blocks.up.weight", new Shape(Layers, 2 * Width, Width)),
            ("blocks.down.weight", new Shape(Layers, Width, 2 * Width)),
    ];

    [Fact]
    public void OneTokenAtATimeGivesTheLogitsOfThePrefill()
    {
        double[,] tokens = { { 3, 1, 4, 1, 5 }, { 2, 6, 0, 3, 5 } };
        Function prefill = Build(5), decode = Build(1);

        ReferenceTensor[] whole = Run(prefill, tokens, 0, 5, ReferenceTensor.Zeros(Sizes(Cache)), ReferenceTensor.Zeros(Sizes(Cache)));
        ReferenceTensor keys = ReferenceTensor.Zeros(Sizes(Cache)), values = keys;
        for (int position = 0; position < 5; position++)
        {
            ReferenceTensor[] step = Run(decode, tokens, position, 1, keys, values);
            (keys, values) = (step[1], step[2]);
            for (int b = 0; b < Batch; b++)
            {
                for (int v = 0; v < Vocabulary; v++) Assert.Equal(whole[0][b, position, v], step[0][b, 0, v], 1e-12);
            }
        }

        Assert.Equal(whole[1].Values, keys.Values, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void DecodingContinuesAPrefill()
    {
        double[,] tokens = { { 3, 1, 4, 1, 5 }, { 2, 6, 0, 3, 5 } };
        ReferenceTensor[] start = Run(Build(4), tokens, 0, 4, ReferenceTensor.Zeros(Sizes(Cache)), ReferenceTensor.Zeros(Sizes(Cache)));
        ReferenceTensor[] next = Run(Build(1), tokens, 4, 1, start[1], start[2]);
        ReferenceTensor[] whole = Run(Build(5), tokens, 0, 5, ReferenceTensor.Zeros(Sizes(Cache)), ReferenceTensor.Zeros(Sizes(Cache)));
        for (int v = 0; v < Vocabulary; v++) Assert.Equal(whole[0][1, 4, v], next[0][1, 0, v], 1e-12);
    }

    [Fact]
    public void Shapes()
    {
        Function function = Build(1);
        Assert.Equal("Float64 [2, 1, 7]", function.Logits.Type.ToString());
        Assert.All(function.States, write => Assert.Equal(write.State.Type, write.Value.Type));
        Assert.Single(function.Graph.Nodes.Where(node => node.Operator is Repeat).Select(node => ((Repeat)node.Operator).Body).Distinct());
    }

    [Fact]
    public void TheGradientOfEveryParameterIsThatOfTheFunction() => GradientCheck.First(
        [.. Parameters.Select(parameter => Operand.Positive([.. parameter.Shape.Dimensions])), Operand.Ids(Vocabulary, Batch, 3)],
        (g, x) => Transformer(g, [.. x.Take(Parameters.Length)], x[^1], g.Constant(0, new TensorType(ElementType.Int32, Shape.Scalar)), Zeros(g),
            Zeros(g)).Logits);

    [Fact]
    public void UnrolledItIsTheSame()
    {
        Function function = Build(3);
        var unrolled = new GraphBuilder();
        Node repeat = function.Graph.Nodes.First(node => node.Operator is Repeat { Result: 0 });
        Node[] inputs = [.. repeat.Inputs.Select((input, i) => unrolled.Add(new Input($"x{i}", input.Type)))];
        Node rolled = unrolled.Add(repeat.Operator, inputs);
        Node flat = rolled.Operator.Decompose(unrolled, rolled)!;
        var random = new Random(3);
        Dictionary<Node, ReferenceTensor> feeds = inputs.ToDictionary(
            node => node, node => ReferenceTensor.Generate(Sizes(node.Shape), _ => node.Type.Element == ElementType.Int32 ? 0 : random.NextDouble() - 0.5));
        ReferenceTensor[] results = ReferenceInterpreter.Evaluate([rolled, flat], feeds);
        Assert.Equal(results[0].Values, results[1].Values);
        Assert.DoesNotContain(GraphSimplifier.Simplify([flat]).Graph.Nodes, node => node.Operator is Loop);
    }

    private static Node Zeros(GraphBuilder graph) => graph.Constant(0, new TensorType(ElementType.Float64, Cache));

    private static (Node Logits, Node Keys, Node Values) Transformer(GraphBuilder graph, IReadOnlyList<Node> parameters, Node tokens, Node position,
        Node keys, Node values)
    {
        int count = (int)tokens.Shape[1].Value;
        var activations = new TensorType(ElementType.Float64, new Shape(Batch, count, Width));
        Node places = graph.Add(new SliceAt(0, count), parameters[1], position);
        Node x = graph.Add(graph.Add(new Gather(), parameters[0], tokens), graph.Broadcast(places, activations.Shape));

        SubGraph block = Block(activations);
        Node[] inputs = [x, .. parameters.Skip(3), keys, values, position];
        Node Result(int number) => graph.Add(new Repeat(block, 1, 8, false, number), inputs);
        return (graph.Dense(Normalize(graph, Result(0), parameters[2]), parameters[0], null), Result(1), Result(2));
    }

    /// <summary>(x, layer parameters, keys, values, position) → (x, keys, values).</summary>
    private static SubGraph Block(TensorType activations)
    {
        var g = new GraphBuilder();
        Node Parameter(string name, Shape shape) => g.Add(new Input(name, activations with { Shape = shape }));
        Node x = Parameter("x", activations.Shape), position = g.Add(new Input("position", new TensorType(ElementType.Int32, Shape.Scalar)));
        Node[] layer = [.. Parameters.Skip(3).Select(parameter => Parameter(parameter.Name, new Shape(parameter.Shape.Dimensions.RemoveAt(0))))];
        Node keys = Parameter("keys", new Shape(Cache.Dimensions.RemoveAt(0))), values = Parameter("values", keys.Shape);
        Dimension count = activations.Shape[1];

        Node qkv = g.Dense(Normalize(g, x, layer[0]), layer[2], null);
        Node Split(int part) => g.Permute(g.Reshape(g.Slice(qkv, 2, part * Width, Width), new Shape(Batch, count, Heads, HeadWidth)), [0, 2, 1, 3]);
        Node allKeys = g.Add(new UpdateSlice(2), keys, Split(1), position), allValues = g.Add(new UpdateSlice(2), values, Split(2), position);

        // A token sees the cached positions up to its own.
        Node scores = g.Multiply(g.MatrixMultiply(Split(0), g.Transpose(allKeys, 2, 3)), 1 / Math.Sqrt(HeadWidth));
        Node Index(int axis) => g.Add(new Iota(scores.Shape, axis, ElementType.Int32));
        var isVisible = new ScalarExpression.Compare(Comparison.LessOrEqual, new ScalarExpression.Input(1), new ScalarExpression.Input(2)
            + new ScalarExpression.Input(3));
        Node masked = g.Map(
            new ScalarExpression.Select(isVisible, new ScalarExpression.Input(0), double.NegativeInfinity), scores, Index(3), Index(2),
                g.Broadcast(position, scores.Shape));
        Node heads = g.MatrixMultiply(g.Softmax(masked), allValues);
        x = g.Add(x, g.Dense(g.Reshape(g.Permute(heads, [0, 2, 1, 3]), activations.Shape), layer[3], null));
        x = g.Add(x, g.Dense(g.Gelu(g.Dense(Normalize(g, x, layer[1]), layer[4], null)), layer[5], null));
        return new SubGraph([g.Nodes.First(node => node.Operator is Input { Identifier: "x" }), .. layer, keys, values, position], [x, allKeys, allValues]);
    }

    /// <summary>Layer normalisation without bias.</summary>
    private static Node Normalize(GraphBuilder g, Node x, Node weight)
    {
        int last = x.Shape.Rank - 1;
        Node centred = g.Subtract(x, g.Mean(x, [last], keepDimensions: true));
        Node deviation = g.Sqrt(g.Add(g.Mean(g.Square(centred), [last], keepDimensions: true), 1e-5));
        return g.Multiply(g.Divide(centred, deviation), weight);
    }

    private static Function Build(int count)
    {
        var graph = new GraphBuilder();
        Node[] parameters = [.. Parameters.Select(parameter => graph.Add(new Parameter(parameter.Name, new TensorType(ElementType.Float64, parameter.Shape))))];
        Node keys = graph.Add(new State("cache.keys", new TensorType(ElementType.Float64, Cache))), values = graph.Add(new State("cache.values", keys.Type));
        Node tokens = graph.Add(new Input("tokens", new TensorType(ElementType.Int32, new Shape(Batch, count)))),
            position = graph.Add(new Input("position", new TensorType(ElementType.Int32, Shape.Scalar)));
        (Node logits, Node newKeys, Node newValues) = Transformer(graph, parameters, tokens, position, keys, values);
        return new Function(graph, parameters, tokens, position, logits, [(keys, newKeys), (values, newValues)]);
    }

    private static ReferenceTensor[] Run(Function function, double[,] tokens, int position, int count, ReferenceTensor keys, ReferenceTensor values)
    {
        var random = new Random(11);
        Dictionary<Node, ReferenceTensor> feeds = function.Parameters.ToDictionary(node => node, node =>
            ReferenceTensor.Generate(Sizes(node.Shape), _ => random.NextDouble() - 0.4));
        feeds[function.Tokens] = ReferenceTensor.Generate([Batch, count], index => tokens[index[0], position + index[1]]);
        feeds[function.Position] = ReferenceTensor.Scalar(position);
        feeds[function.States[0].State] = keys;
        feeds[function.States[1].State] = values;
        return ReferenceInterpreter.Evaluate([function.Logits, function.States[0].Value, function.States[1].Value], feeds);
    }

    private static int[] Sizes(Shape shape) => [.. shape.Dimensions.Select(size => (int)size.Value)];

    private sealed record Function(GraphBuilder Graph, Node[] Parameters, Node Tokens, Node Position, Node Logits, (Node State, Node Value)[] States);
}
