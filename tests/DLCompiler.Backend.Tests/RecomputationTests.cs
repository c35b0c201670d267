using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Planning;
using DLCompiler.Compiler.Schedules;
using DLCompiler.Compiler.Tests.Reference;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>What the backward pass computes again instead of keeping it: which values, with the same bits, and what it saves.</summary>
public sealed class RecomputationTests
{
    private const int Batch = 33;

    [Fact]
    public void NormalisedAndActivatedConvolutionsOfWideLayersAreComputedAgain()
    {
        Node[] copies = Copies(NetworkTests.Residual(32, 64));

        // What conv2 and conv3 read. Convolutions with a stride do too little for each element that they read, and what the mean reads is used by nothing else.
        Assert.Equal(["norm1 again", "norm2 again", "norm3 again"], copies.Select(copy => copy.Label).Distinct().Order());
        Assert.Equal(["conv1", "conv2", "project"], copies.SelectMany(Operands).Select(operand => operand.Label).Distinct().Order());
    }

    [Fact]
    public void NothingIsComputedAgainWithoutNormalisationOrInNarrowLayers()
    {
        Assert.Empty(Copies(NetworkTests.LeNet(28, 6, 16, 120, 84, 10)));
        Assert.Empty(Copies(NetworkTests.Residual(8, 8)));
    }

    [Fact]
    public void PredictionsComputeNothingAgain()
    {
        var model = new GraphCase("prediction");
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 6);
        Node y = graph.Add(new Recompute(0), graph.Map(ScalarExpressions.Tanh, x));
        FunctionGraph function = model.Predict(graph, [x], graph.Add(y, x)).Build().Functions[0];
        Assert.DoesNotContain(Live(function), node => node.Operator is Recompute);
    }

    [Fact]
    public void LongChainsOfSumsKeepSomeOfThem()
    {
        // Every sum needs all earlier ones, unless one of them is kept.
        Node[] copies = Copies(Chain(24, 64));
        int longest = copies.GroupBy(copy => copy.Inputs.Select(input => input.Operator).OfType<Recompute>().Select(mark => mark.Copy).FirstOrDefault())
            .Where(group => group.Key > 0).Max(group => group.SelectMany(Operands).Distinct().Count());
        Assert.InRange(longest, 2, 12);
    }

    [Fact]
    public void ComputedAgainIsTheSameToTheBit()
    {
        GraphCase[] cases = [NetworkTests.Residual(8, 8), NetworkTests.Residual(8, 8, marked: true)];
        ModelGraph[] models = [.. cases.Select(current => current.Build())];
        Assert.NotEmpty(Copies(cases[1]));
        IReadOnlyList<CompiledModel> compiled = CompiledModels.Compile(models, ElementType.Float32);
        var random = new Random(3);
        var values = models[0].Parameters.ToDictionary(parameter => parameter.Name, parameter =>
            GraphCase.Random(random, GraphCase.SizesOf(parameter.Shape, Batch), 0.5));
        foreach (StateSpecification state in models[0].States) values[state.Name] = GraphCase.Random(random, GraphCase.SizesOf(state.Shape, Batch));
        ReferenceTensor[] inputs = [GraphCase.Random(random, [Batch, 3, 8, 8]), new([Batch], [.. Enumerable.Range(0, Batch).Select(i => i % 4d)])];
        foreach (SimdLevel level in Enum.GetValues<SimdLevel>())
        {
            float[][] after = [.. compiled.Select(model =>
            {
                using var run = new FunctionRun<float>(model, values);
                run.Run(0, level, 2, Batch, inputs, [false, true], [1], [-1, 0, 0], double.NaN);
                return run.Bits();
            })];
            Assert.Equal(after[0], after[1]);
        }
    }

    [Fact]
    public void ValuesThatAreMarkedAreNotKept()
    {
        long[] bytes = [.. new[] { false, true }.Select(marked =>
        {
            ModelGraph model = Chain(16, 4, marked).Build();
            MemoryPlan plan = FunctionScheduler.Schedule(PreparedFunction.Create(model.Functions[0]), new ModelStorage(model),
                new Target(InstructionSet.Vector512, ElementType.Float32), Decisions()).Memory;
            return plan.Bytes.Evaluate(_ => 100);
        })];
        Assert.InRange(bytes[1], 0, 0.6 * bytes[0]);
    }

    // Sums of what went in and what comes out of a convolution, with normalisation.
    private static GraphCase Chain(int length, long channels, bool marked = false)
    {
        var model = new GraphCase("chain");
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, channels, 8, 8), sum = x;
        for (int i = 0; i < length; i++)
        {
            graph.Label = "conv" + i;
            Node convolved = graph.Add(new Convolve(new ConvolutionGeometry(1, 1, 1, 1, 1, 1, 1)), sum,
                model.Parameter(graph, graph.Label + ".weight", StorageKind.RowMajor, channels, channels, 3, 3));
            Node normalized = graph.Add(new BatchNormalize(1e-5), convolved, model.Parameter(graph, graph.Label + ".gamma", StorageKind.RowMajor, channels),
                model.Parameter(graph, graph.Label + ".beta", StorageKind.RowMajor, channels), graph.Mean(convolved, [0, 2, 3]),
                    graph.Variance(convolved, [0, 2, 3]));
            sum = Mark(graph.Add(sum, Mark(graph.Relu(normalized))));
        }

        return model.Step(graph, [x], graph.Mean(graph.Square(sum)));

        Node Mark(Node value) => marked ? graph.Add(new Recompute(0), value) : value;
    }

    // What is computed again from values that are kept.
    private static Node[] Copies(GraphCase model) =>
        [.. Live(model.Build().Functions[0]).Where(node => node.Inputs.Any(input => input.Operator is Recompute))];

    private static IReadOnlyList<Node> Live(FunctionGraph function)
    {
        PreparedFunction prepared = PreparedFunction.Create(function);
        return FusionPlan.Reachable(Recomputation.Apply(prepared.Results, function.Outputs.Count + function.StateWrites.Count, prepared.Marked, Decisions()));
    }

    private static FunctionDecisions Decisions() => new("Train", InstructionSet.Vector512, []);

    private static IEnumerable<Node> Operands(Node copy) => copy.Inputs.Where(input => input.Operator is Recompute).Select(input => input.Inputs[0]);
}
