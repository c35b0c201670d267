using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Tests.Reference;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>NaN and infinities reach exactly the results that they should, at every level and in both layouts.</summary>
public sealed class SpecialValueTests
{
    private const int Batch = 18;

    private static readonly (string Name, Func<GraphBuilder, Node, Node> Function)[] Functions =
    [
        ("relu", (graph, x) => graph.Relu(x)),
        ("leaky relu", (graph, x) => graph.LeakyRelu(x, 0.1)),
        ("tanh", (graph, x) => graph.Tanh(x)),
        ("sigmoid", (graph, x) => graph.Sigmoid(x)),
        ("exp", (graph, x) => graph.Exp(x)),
        ("softplus", (graph, x) => graph.Softplus(x)),
        ("maximum", (graph, x) => graph.Maximum(x, graph.Flip(x, 3))),
        ("minimum", (graph, x) => graph.Minimum(graph.Flip(x, 3), x)),
        ("largest of a row", (graph, x) => graph.ReduceMax(x, [3])),
        ("smallest of a channel", (graph, x) => graph.ReduceMin(x, [2, 3])),
        ("largest of all samples", (graph, x) => graph.ReduceMax(x, [0, 2])),
        ("sum", (graph, x) => graph.ReduceSum(x, [1, 2, 3])),
        ("softmax", (graph, x) => graph.Softmax(x)),
        ("softmax of pixels", (graph, x) => graph.Softmax(x, 1)),
        ("max pool", (graph, x) => graph.Add(new MaxPool(new PoolGeometry(2, 3, 2, 2, 1, 1)), x)),
        ("winner of a pool", (graph, x) => graph.Map(new ScalarExpression.Input(0), ElementType.Float32,
            graph.Add(new MaxPoolIndex(new PoolGeometry(2, 2, 1, 2, 0, 1)), x))),
        ("mean pool", (graph, x) => graph.Add(new AveragePool(new PoolGeometry(2, 2, 1, 1, 0, 0)), x)),
        ("relu behind a pool", (graph, x) => graph.Relu(graph.Add(new MaxPool(new PoolGeometry(2, 2, 1, 1, 0, 0)), x))),
        ("sums of a pool", (graph, x) => graph.ReduceSum(graph.Add(new MaxPool(new PoolGeometry(2, 2, 1, 1, 0, 0)), x), [0, 2, 3])),
    ];

    [Fact]
    public void ReachWhatTheyShould()
    {
        ModelGraph[] models = [.. Functions.Select(function => Model(function.Name, function.Function))];
        IReadOnlyList<CompiledModel> doubles = CompiledModels.Compile(models, ElementType.Float64),
            singles = CompiledModels.Compile(models, ElementType.Float32);
        var failures = new List<string>();
        for (int index = 0; index < models.Length; index++)
            foreach (SimdLevel level in Enum.GetValues<SimdLevel>())
            {
                Run<double>(models[index], doubles[index], level, 1e-9, failures);
                Run<float>(models[index], singles[index], level, 1e-5, failures);
            }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static void Run<T>(ModelGraph model, CompiledModel compiled, SimdLevel level, double tolerance, List<string> failures)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FunctionGraph function = model.Functions[0];
        var random = new Random(3);
        ReferenceTensor x = GraphCase.Random(random, GraphCase.SizesOf(function.Inputs[0].Shape, Batch));
        double[] specials = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0];
        for (int i = 0; i < x.Values.Length; i++)
            if (i < 60) x.Values[i] = double.NegativeInfinity;
            else if (random.Next(12) == 0) x.Values[i] = specials[random.Next(specials.Length)];
        (ReferenceTensor[] outputs, _, _) = GraphCase.Reference(function, new Dictionary<string, ReferenceTensor>(), [x], Batch);
        using var run = new FunctionRun<T>(compiled, new Dictionary<string, ReferenceTensor>());
        double[] actual = run.Run(0, level, 2, Batch, [x], [false], [outputs[0].Values.Length], [], double.NaN)[0];
        for (int i = 0; i < actual.Length; i++)
        {
            double expected = outputs[0].Values[i];
            if (expected.Equals(actual[i]) || Math.Abs(expected - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected))) continue;
            failures.Add($"{model.Name} {typeof(T).Name} {level} [{i}]: {actual[i]} instead of {expected}");
            return;
        }
    }

    private static ModelGraph Model(string name, Func<GraphBuilder, Node, Node> function)
    {
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 3, 5, 6);
        Node y = function(graph, x);
        return new GraphCase(name).Predict(graph, [x], y).Build();
    }
}
