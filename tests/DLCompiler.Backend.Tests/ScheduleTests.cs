using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Schedules are data: what is decided can be read, and be decided otherwise, which changes no result but by rounding.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData(ElementType.Float64)]
    [InlineData(ElementType.Float32)]
    public void OtherChoicesGiveTheSameResults(ElementType element)
    {
        IReadOnlyList<GraphCase> cases =
            [Images(winograd: false), Images(winograd: true), Wide(), .. NetworkTests.Cases(),
                .. Enumerable.Range(7000, 8).Select(seed => RandomGraph.Create(seed, 9))];
        var taken = new Dictionary<int, ModelDecisions>();
        IReadOnlyList<string> differences = CompiledAgainstReference.Differences(cases, element, rotation: 1,
            (index, model, levels) => taken[index] = RandomOverrides.Create(model, element, levels, 100 + index));
        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(20)));

        // Each kind of decision was really another one: models are many enough for that.
        List<Decision> made = [.. taken.Values.SelectMany(decisions => decisions.Functions).SelectMany(function => function.Made)];
        Assert.Equal(made.Select(decision => decision.Name).ToHashSet().Order(),
            made.Where(decision => decision.IsOverridden).Select(decision => decision.Name).ToHashSet().Order());
        Assert.Superset(
            new HashSet<string>
            {
                "tile", "rows", "vectors", "alone", "chains", "epilogue", "update", "sums", "partition", "samples", "strip", "few", "panel", "shares", "pixels",
                "algorithm", "panels",
            },
            made.Select(decision => decision.Name).ToHashSet());
    }

    // A product that is wide enough to have a variant for few samples by itself.
    private static GraphCase Wide()
    {
        var model = new GraphCase("wide");
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 270);
        graph.Label = "fc";
        Node product = graph.Add(new Contract(false, true), x, model.Parameter(graph, "fc.weight", StorageKind.Panels, 250, 270));
        return model.Predict(graph, [x], graph.Relu(product));
    }

    // What has a variant for few samples, with more channels than a panel, and each kind of convolution.
    private static GraphCase Images(bool winograd)
    {
        var model = new GraphCase("images") { Inference = new InferenceOptions(winograd) };
        var predict = new GraphBuilder();
        Node x = GraphCase.Input(predict, "x", GraphCase.N, 3, 5, 6);
        model.Predict(predict, [x], Forward(predict, x));
        var step = new GraphBuilder();
        Node image = GraphCase.Input(step, "x", GraphCase.N, 3, 5, 6);
        return model.Step(step, [image], step.Mean(step.Square(Forward(step, image))));

        Node Forward(GraphBuilder graph, Node input)
        {
            Node wide = Conv(graph, input, "wide", 40, 3, 3, 1), channels = Conv(graph, wide, "depthwise", 40, 1, 3, 40);
            Node flat = graph.Flatten(Conv(graph, channels, "pointwise", 20, 40, 1, 1));
            graph.Label = "fc";
            Node product = graph.Add(new Contract(false, true), flat, model.Parameter(graph, "fc.weight", StorageKind.Panels, 37, flat.Shape[1].Value));
            return graph.Relu(graph.Add(product, graph.BroadcastAlong(model.Parameter(graph, "fc.bias", StorageKind.RowMajor, 37), product.Shape, [1])));
        }

        Node Conv(GraphBuilder graph, Node input, string name, long to, long from, int size, int groups)
        {
            graph.Label = name;
            return graph.Relu(graph.Add(new Convolve(new ConvolutionGeometry(1, 1, size / 2, size / 2, 1, 1, groups)), input,
                model.Parameter(graph, name + ".weight", StorageKind.RowMajor, to, from, size, size)));
        }
    }
}
