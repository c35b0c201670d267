using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Tests.Reference;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Dropout masks: the gradient has the mask of the forward pass, elements are dropped at the rate, and neither workers nor levels nor memory change
/// what is dropped.</summary>
public sealed class DropoutTests
{
    private const double Rate = 0.3;
    private const int Batch = 37;

    [Fact]
    public void MasksAreTheSameInBothDirectionsAndForAllWorkersAndLevels()
    {
        GraphCase[] cases =
        [
            Masked("rows", [23], (graph, x) => x),
            Masked("sequences", [5, 7], (graph, x) => x),
            Masked("images", [3, 4, 5], (graph, x) => x),
            Masked("steps", [5, 7], (graph, x) => x, InLoop),
            Masked("images side by side", [3, 6, 6], (graph, x) => graph.Add(new AveragePool(new PoolGeometry(1, 1, 1, 1, 0, 0)), x)),
            Weights("weights of attention", 16),
            Weights("weights of attention, rows of no whole blocks", 19),
        ];
        ModelGraph[] models = [.. cases.Select(current => current.Build())];
        IReadOnlyList<CompiledModel> compiled = CompiledModels.Compile(models, ElementType.Float64);
        for (int index = 0; index < models.Length; index++)
        {
            double[]? mask = null;
            foreach (SimdLevel level in Enum.GetValues<SimdLevel>())
                foreach ((int workers, double scratch) in new[] { (1, 0d), (2, double.NaN), (3, double.NaN) })
                {
                    (double[] sums, double[] gradient) = Run(models[index], compiled[index], level, workers, scratch, 1);
                    mask ??= sums;
                    Assert.Equal(mask.Length, sums.Length);

                    // The state sums each feature's kept elements; so does the gradient, divided by the number of elements that the loss is a mean of.
                    for (int i = 0; i < sums.Length; i++)
                    {
                        Assert.Equal(mask[i], sums[i], 1e-9);
                        Assert.Equal(sums[i], gradient[i] * Batch * sums.Length, 1e-9);
                    }
                }

            double kept = mask!.Sum() * (1 - Rate) / (Batch * mask!.Length), deviation = Math.Sqrt(Rate * (1 - Rate) / (Batch * mask.Length));
            Assert.InRange(kept, 1 - Rate - (4 * deviation), 1 - Rate + (4 * deviation));
            Assert.NotEqual(mask, Run(models[index], compiled[index], SimdLevel.Vector256, 1, 0, 2).Sums);
        }
    }

    [Fact]
    public void MasksBehindAProductDifferFromElementToElement()
    {
        // Nothing is differentiated: the mask is used once, at the end of the product's chain.
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 6);
        var model = new GraphCase("behind a product");
        Node product = graph.Add(new Contract(false, true), x, model.Parameter(graph, "weight", StorageKind.Panels, 19, 6));
        Node kept = Drop(graph, graph.Add(product, 3), 0);
        ModelGraph built = model.Predict(graph, [x], kept).Build();
        CompiledModel compiled = CompiledModels.Compile([built], ElementType.Float64)[0];
        double[]? first = null;
        foreach (SimdLevel level in Enum.GetValues<SimdLevel>())
        {
            using var run = new FunctionRun<double>(compiled, new Dictionary<string, ReferenceTensor> { ["weight"] = ReferenceTensor.Zeros(19, 6) });
            double[] values = run.Run(0, level, 2, Batch, [ReferenceTensor.Zeros(Batch, 6)], [false], [Batch * 19], [], double.NaN)[0];
            first ??= values;
            Assert.Equal(first, values);
            Assert.Equal([0, 3 / (1 - Rate)], values.Distinct().Order().Select(value => Math.Round(value, 12))
                .Select(value => value == 0 ? 0 : 3 / (1 - Rate)));
            Assert.InRange(values.Count(value => value != 0) / (double)values.Length, 0.6, 0.8);
            Assert.True(Enumerable.Range(0, 19).All(column => Enumerable.Range(0, Batch).Select(row => values[(row * 19) + column]).Distinct().Count() == 2));
        }
    }

    private static (double[] Sums, double[] Gradient) Run(ModelGraph model, CompiledModel compiled, SimdLevel level, int workers, double scratch,
        long iteration)
    {
        int[] sample = GraphCase.SizesOf(model.Parameters[0].Shape, Batch);
        var ones = new ReferenceTensor([Batch, .. sample], [.. Enumerable.Repeat(1d, Batch * ReferenceTensor.Count(sample))]);
        var values = new Dictionary<string, ReferenceTensor>
        {
            ["scale"] = new(sample, [.. Enumerable.Repeat(1d, ReferenceTensor.Count(sample))]),
            ["sums"] = ReferenceTensor.Zeros(sample),
        };
        using var run = new FunctionRun<double>(compiled, values);
        run.Run(0, level, workers, Batch, [ones], [false], [1], [-1, 0, 0], scratch, iteration);
        Dictionary<string, double[]> after = run.Values();
        return (after["sums"], [.. after["scale"].Select(value => 1 - value)]);
    }

    private static GraphCase Masked(string name, long[] sample, Func<GraphBuilder, Node, Node> before, Func<GraphBuilder, Node, Node>? drop = null)
    {
        var model = new GraphCase(name);
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", [GraphCase.N, .. sample.Select(size => (Dimension)size)]);
        Compiler.EquatableArray<int> axes = [.. Enumerable.Range(1, sample.Length)];
        Node scaled = graph.Multiply(before(graph, x), graph.BroadcastAlong(model.Parameter(graph, "scale", StorageKind.RowMajor, sample), x.Shape, axes));
        Node kept = drop is null ? Drop(graph, scaled, 4) : drop(graph, scaled);
        Node sums = model.State(graph, "sums", sample);
        return model.Step(graph, [x], graph.Mean(kept), writes: [(sums, graph.ReduceSum(kept, [0]))]);
    }

    // Each step of a sequence [N, T, F] drops elements of its own.
    private static Node InLoop(GraphBuilder graph, Node x)
    {
        Compiler.EquatableArray<int> swapped = [1, 0, 2];
        var body = new GraphBuilder();
        var type = new TensorType(ElementType.Float32, new Shape(x.Shape[0], x.Shape[2]));
        Node state = body.Add(new Input("state", type)), element = body.Add(new Input("element", type));
        Node kept = Drop(body, body.Add(element, body.Multiply(state, 0)), 4);
        Node steps = graph.Add(new Scan(new SubGraph([state, element], [kept, kept]), 1, 1, false, 1), graph.Constant(0, type), graph.Permute(x, swapped));
        return graph.Permute(steps, swapped);
    }

    // Equal scores, and values of which each query sums one element: what is left of an element is the weights of it that were kept.
    private static GraphCase Weights(string name, int length)
    {
        var model = new GraphCase(name);
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, length);
        var shape = new Shape(GraphCase.N, length, 1, length);
        Node query = graph.BroadcastAlong(x, shape, [0, 3]);
        var matrix = new Shape(length, length);
        var isDiagonal = new ScalarExpression.Compare(Comparison.Equal, new ScalarExpression.Input(0), new ScalarExpression.Input(1));
        Node diagonal = graph.Map(new ScalarExpression.Select(isDiagonal, new ScalarExpression.Input(2), 0.0), ElementType.Float32,
            graph.Add(new Iota(matrix, 0, ElementType.Int32)), graph.Add(new Iota(matrix, 1, ElementType.Int32)),
            graph.BroadcastAlong(model.Parameter(graph, "scale", StorageKind.RowMajor, length), matrix, [1]));
        var form = new AttentionForm(1, 1, 0.1) { DropRate = Rate };
        Node random = graph.Add(new RandomUniform(form.NumbersShape(shape, shape), 5));
        Node kept = graph.Add(new Attention(form), query, query, graph.BroadcastAlong(diagonal, shape, [1, 3]), random);
        Node sums = model.State(graph, "sums", length);
        return model.Step(graph, [x], graph.Multiply(graph.Mean(kept), length), writes: [(sums, graph.ReduceSum(kept, [0, 1, 2]))]);
    }

    // As the layer is lowered.
    private static Node Drop(GraphBuilder graph, Node x, int stream)
    {
        Node random = graph.Add(new RandomUniform(x.Shape, stream));
        var keeps = new ScalarExpression.Compare(Comparison.GreaterOrEqual, new ScalarExpression.Input(1), Rate);
        return graph.Map(new ScalarExpression.Select(keeps, new ScalarExpression.Input(0) * (1 / (1 - Rate)), 0.0), x, random);
    }
}
