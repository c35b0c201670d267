using System;
using System.Linq;
using System.Text.RegularExpressions;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Planning;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Convolutions by Winograd's algorithm, where a model allows it: borders and odd sizes, strips and parts, what is fused behind them.</summary>
public sealed class WinogradTests
{
    // The transformed tiles are sums of up to sixteen source elements, so that what cancels at the end leaves about twice the error of a direct sum: well below
    // the tolerance of single precision that all convolutions have. In double precision the two agree as direct sums do.
    [Fact]
    public void WinogradConvolutionsMatchTheReference() => Check([1, 2, 7, 17],
        Chain("odd, channels that are no whole block", 7, 7, (72, 1, 1)));

    // Rows of strips of which the last is shorter, strips that are part of a row, channels that several workers share, and what rides behind.
    [Fact]
    public void StripsPartsAndResidualsMatchTheReference() => Check([2],
        Chain("several strips", 21, 19, (64, 1, 1)),
        Chain("strips of a part of a row", 4, 209, (64, 0, 1)),
        Chain("even, padded on one axis, not at all", 10, 10, (64, 1, 0), (64, 0, 0)),
        Chain("channels in parts, even", 8, 8, (160, 1, 1)),
        Residual("residual", 15, 14));

    private static void Check(int[] batches, params GraphCase[] models)
    {
        // Otherwise the direct schedule would be what is compared.
        string[] missing = [.. from model in models
            from element in new[] { ElementType.Float32, ElementType.Float64 }
            from level in Enum.GetValues<InstructionSet>()
            let graph = model.Build()
            let text = KernelFile.PrintCompiled(graph, "Model0", element, null, [level])
            from weight in graph.Parameters
            where weight.Shape.Rank == 4 && !Regex.IsMatch(text, $@"// {weight.Name.Split('.')[0]} \[.*, Winograd F\(2×2, 3×3\)")
            select $"{model} {element} {level} {weight.Name}"];
        Assert.Equal("", string.Join("; ", missing));
        CompiledAgainstReference.Check(models, batches: batches, fewSamplesOnly: true);
    }

    [Theory]
    [InlineData(true, 64, 32, true)]
    [InlineData(true, 128, 16, true)]
    [InlineData(true, 256, 8, true)]
    [InlineData(true, 48, 32, false)]
    [InlineData(true, 64, 1, false)]
    [InlineData(false, 64, 32, false)]
    public void ItIsChosenWhereItIsAllowedAndPays(bool allowed, int channels, int size, bool chosen)
    {
        GraphCase model = Chain("model", size, size, channels, allowed, (channels, 1, 1));
        string text = KernelFile.PrintCompiled(model.Build(), "Model0", ElementType.Float32, null, [InstructionSet.Vector512]);
        Assert.Equal(chosen, text.Contains("Winograd F(2×2, 3×3)", StringComparison.Ordinal));
    }

    [Fact]
    public void StridesDilationsAndGroupsStayDirect()
    {
        ConvolutionGeometry[] others = [new(2, 2, 1, 1, 1, 1, 1), new(1, 1, 1, 1, 2, 2, 1), new(1, 1, 1, 1, 1, 1, 2), new(1, 1, 2, 2, 1, 1, 1)];
        foreach (ConvolutionGeometry geometry in others)
        {
            var model = new GraphCase("model") { Inference = new InferenceOptions(Winograd: true) };
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", GraphCase.N, 128, 16, 16);
            model.Predict(graph, [x], graph.Add(new Convolve(geometry), x,
                model.Parameter(graph, "w", StorageKind.RowMajor, 128, 128 / geometry.Groups, 3, 3)));
            Assert.DoesNotContain("Winograd", KernelFile.PrintCompiled(model.Build(), "Model0", ElementType.Float32, null, [InstructionSet.Vector512]));
        }
    }

    // Predictions of many samples go there too where it does most of the work.
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void ManySamplesGoWhereMostIsSaved(bool allowed, bool many)
    {
        ModelGraph model = Chain("model", 8, 8, 64, allowed, (64, 1, 1)).Build();
        CompiledModel compiled = CompiledModels.Compile([model], ElementType.Float32, _ => [InstructionSet.Vector256])[0];
        CompiledFunction function = compiled.CreateFunction(0, SimdLevel.Vector256);
        Assert.True(function.PrefersFewSamples(1));
        Assert.Equal(many, function.PrefersFewSamples(64));
    }

    [Theory]
    [InlineData(true, 64, "direct", false, "")]
    [InlineData(true, 16, "winograd", true, "")]
    [InlineData(false, 64, "winograd", false, "only the model can allow it: [Inference(Winograd = true)]")]
    public void ItCanBeChosenWhereTheModelAllowsIt(bool allowed, int channels, string choice, bool chosen, string problem)
    {
        var decisions = new ModelDecisions([new ScheduleOverride(null, "PredictFew/*", "algorithm", choice)]);
        string text = KernelFile.PrintCompiled(Chain("model", 8, 8, channels, allowed, (channels, 1, 1)).Build(), "Model0", ElementType.Float32, null,
            [InstructionSet.Vector512], decisions);
        Assert.Equal(chosen, text.Contains("Winograd F(2×2, 3×3)", StringComparison.Ordinal));
        Assert.Contains(chosen ? "PrefersFewSamples(int batch) => true;" : "PrefersFewSamples(int batch) => batch < 15 *", text, StringComparison.Ordinal);
        Assert.Contains(problem, string.Join("; ", decisions.Problems().Select(found => found.Message)), StringComparison.Ordinal);
        Assert.Equal(problem.Length == 0, decisions.Problems().Count == 0);
    }

    // A strip's tiles are one matrix: the bounds of emitted code hold for them as for every kernel.
    [Fact]
    public void EmittedCodeKeepsTheBounds() => CodeShapeTests.Check(Residual("residual", 15, 14), _ => { });

    // The transformed weights are made once; each worker has tiles and sums of its own, and calls that follow each other share that memory.
    [Fact]
    public void WeightsArePreparedAndTilesLiveInScratchMemory()
    {
        ModelGraph model = Chain("model", 16, 16, (128, 1, 1), (128, 1, 1)).Build();
        Compiler.Schedules.PreparedFunction function = Compiler.Schedules.PreparedFunction.Create(model.Functions[0]);
        ScheduledFunction scheduled = FunctionScheduler.Schedule(function, new ModelStorage(model), new Target(InstructionSet.Vector512, ElementType.Float32),
            new FunctionDecisions("Predict", InstructionSet.Vector512, []), Compiler.Schedules.SideBySide.Channels, model.Inference);
        Assert.Equal(2, scheduled.Prepared.Calls.Count(call => call.Title.Contains("· Gᵀ")));
        Assert.InRange(scheduled.Memory.ScratchBytes, 1, 1024 * 1024);
        string text = KernelFile.PrintCompiled(model, "Model0", ElementType.Float32, null, [InstructionSet.Vector512]);
        Assert.Equal(2, Regex.Matches(text, @"ref float \w+_tiles = ref frame\.Scratch<float>\(worker, 0\);").Count);
    }

    private static GraphCase Chain(string name, int height, int width, params (int Filters, int PaddingY, int PaddingX)[] layers) =>
        Chain(name, height, width, 64, true, layers);

    private static GraphCase Chain(string name, int height, int width, int channels, bool allowed, params (int Filters, int PaddingY, int PaddingX)[] layers)
    {
        var model = new GraphCase(name) { Inference = new InferenceOptions(allowed) };
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, channels, height, width), y = x;
        foreach ((int filters, int paddingY, int paddingX) in layers)
            y = graph.Relu(Convolution(model, graph, y, $"conv{graph.Nodes.Count}", filters, new ConvolutionGeometry(1, 1, paddingY, paddingX, 1, 1, 1)));
        return model.Predict(graph, [x], y);
    }

    private static GraphCase Residual(string name, int height, int width)
    {
        var model = new GraphCase(name) { Inference = new InferenceOptions(Winograd: true) };
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 64, height, width);
        var same = new ConvolutionGeometry(1, 1, 1, 1, 1, 1, 1);
        Node y = graph.Relu(Convolution(model, graph, x, "conv1", 80, same));
        y = graph.Relu(graph.Add(Convolution(model, graph, y, "conv2", 64, same), x));

        // What is added to each pixel is read for each of a tile's results.
        graph.Label = "place";
        y = graph.Add(Convolution(model, graph, y, "conv3", 64, same),
            graph.BroadcastAlong(model.Parameter(graph, "place", StorageKind.RowMajor, height, width), x.Shape, [2, 3]));
        graph.Label = "mean";
        return model.Predict(graph, [x], graph.Mean(y, [2, 3]), y);
    }

    private static Node Convolution(GraphCase model, GraphBuilder graph, Node x, string key, int filters, ConvolutionGeometry geometry)
    {
        graph.Label = key;
        Node result = graph.Add(new Convolve(geometry), x, model.Parameter(graph, key + ".weight", StorageKind.RowMajor, filters, x.Shape[1].Value, 3, 3));
        return graph.Add(result, graph.BroadcastAlong(model.Parameter(graph, key + ".bias", StorageKind.RowMajor, filters), result.Shape, [1]));
    }
}
