using System;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Predictions with channels side by side: channel counts that fill blocks of sixteen and don't, groups, small images, what is fused behind a
/// convolution, and normalisations that are folded into it.</summary>
public sealed class FewSamplesTests
{
    private static readonly int[] Batches = CompiledAgainstReference.IsFull ? [1, 2, 3, 7, 13, 16, 17] : [1, 3, 17];

    [Fact]
    public void PredictionsMatchTheReference() => CompiledAgainstReference.Check(
    [
        Case("whole blocks", [16, 9, 11], (model, graph, x) => Relu(graph, Convolution(model, graph, x, "conv", 48, 3, padding: 1))),
        Case("part of a block", [5, 6, 6], (model, graph, x) => Relu(graph, Convolution(model, graph, x, "conv", 21, 3, padding: 1))),
        Case("several blocks, the last in part", [37, 5, 5], (model, graph, x) => Relu(graph, Convolution(model, graph, x, "conv", 70, 3, padding: 1))),
        Case("a small image", [20, 4, 4], (model, graph, x) =>
            Convolution(model, graph, Convolution(model, graph, x, "a", 33, 3, padding: 1), "b", 18, 3, 2, 1)),
        Case("one pixel", [40, 1, 1], (model, graph, x) => Convolution(model, graph, x, "conv", 130, 3, padding: 1)),
        Case("groups of blocks", [32, 5, 6], (model, graph, x) => Convolution(model, graph, x, "conv", 64, 3, padding: 1, groups: 2)),
        Case("channel by channel", [19, 7, 30], (model, graph, x) => Convolution(model, graph, x, "conv", 19, 3, 2, 1, groups: 19)),
        Case("pixels alone, scaled by column", [18, 5, 4], (model, graph, x) =>
        {
            Node y = Convolution(model, graph, Relu(graph, x), "conv", 17, 1);
            return graph.Multiply(y, graph.BroadcastAlong(model.Parameter(graph, "columns", StorageKind.RowMajor, 4), y.Shape, [3]));
        }),
        Case("joined channels", [16, 4, 5], (model, graph, x) =>
        {
            Node a = Convolution(model, graph, x, "a", 16, 3, padding: 1), b = Convolution(model, graph, x, "b", 7, 1);
            return Convolution(model, graph, graph.Concat(1, a, b), "c", 9, 3, padding: 1);
        }),
        Case("channels joined within a block", [6, 4, 5], (model, graph, x) =>
        {
            Node a = Convolution(model, graph, x, "a", 5, 3, padding: 1), b = Convolution(model, graph, x, "b", 7, 1);
            return Convolution(model, graph, graph.Concat(1, a, b), "c", 9, 3, padding: 1);
        }),
        Case("a residual block, normalised", [3, 8, 8], (model, graph, x) =>
        {
            Node stem = Relu(graph, Normalized(model, graph, Convolution(model, graph, x, "stem", 24, 3, padding: 1), "norm0"));
            Node y = Relu(graph, Normalized(model, graph, Convolution(model, graph, stem, "conv1", 24, 3, padding: 1, bias: false), "norm1"));
            y = Normalized(model, graph, Convolution(model, graph, y, "conv2", 24, 3, padding: 1), "norm2");
            return graph.Mean(Relu(graph, graph.Add(y, stem)), [2, 3]);
        }),
        Case("pools and a gate for each channel", [4, 8, 8], (model, graph, x) =>
        {
            Node y = graph.Add(new MaxPool(new PoolGeometry(2, 2, 2, 2, 0, 0)), Convolution(model, graph, x, "conv", 20, 3, padding: 1));
            y = graph.Add(new AveragePool(new PoolGeometry(3, 3, 1, 1, 1, 1)), y);
            Node gate = graph.Map(ScalarExpressions.Tanh, graph.Mean(y, [2, 3], keepDimensions: true));
            return graph.Multiply(y, graph.Broadcast(gate, y.Shape));
        }),
    ], batches: Batches);

    // The second operand has as many rows as the first: no weights whose columns could be shared.
    [Fact]
    public void ProductsOfTwoInputsHaveNoFormForFewSamples()
    {
        var model = new GraphCase("two inputs");
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 40), y = GraphCase.Input(graph, "y", GraphCase.N, 40);
        model.Predict(graph, [x, y], graph.ReduceSum(graph.Add(new Contract(false, true), x, y), [1]));
        Assert.DoesNotContain("Few", KernelFile.PrintCompiled(model.Build(), "Own", ElementType.Float32, null, [InstructionSet.Vector256]));
    }

    // What is folded costs nothing: no kernel of the normalisation is left in the prediction, and what depends on parameters alone is prepared.
    [Fact]
    public void NormalisationsAreFoldedAndPrepared()
    {
        ModelGraph model = Case("folded", [3, 6, 6], (current, graph, x) =>
            Relu(graph, Normalized(current, graph, Convolution(current, graph, x, "conv", 8, 3, padding: 1), "norm"))).Build();
        string text = KernelFile.PrintCompiled(model, "Folded", ElementType.Float32, levels: [InstructionSet.Vector512]);
        string[] classes = text.Split("file sealed class ")[1..];
        Assert.Equal(2, classes.Count(part => part.Contains("PredictVector512", StringComparison.Ordinal)));
        foreach (string part in classes.Where(part => part.Contains("PredictVector512", StringComparison.Ordinal)))
        {
            string run = part[part.IndexOf("void Run(", StringComparison.Ordinal)..];
            run = run[..run.IndexOf("[MethodImpl", StringComparison.Ordinal)];
            Assert.DoesNotContain("Norm", run, StringComparison.Ordinal);
            Assert.Contains("public override void Prepare(", part, StringComparison.Ordinal);
        }
    }

    // A convolution that something else reads too is not computed twice.
    [Fact]
    public void AConvolutionWithOtherUsesIsNotFolded()
    {
        ModelGraph model = Case("shared", [3, 6, 6], (current, graph, x) =>
        {
            Node y = Convolution(current, graph, x, "conv", 8, 3, padding: 1, bias: false);
            return graph.Add(Normalized(current, graph, y, "norm"), graph.Map(ScalarExpressions.Tanh, y));
        }).Build();
        string text = KernelFile.PrintCompiled(model, "Shared", ElementType.Float32, levels: [InstructionSet.Vector512]);
        string few = text[text.IndexOf("PredictVector512Few :", StringComparison.Ordinal)..];
        Assert.Equal(1, few.Split('\n').Count(line => line.Contains("// conv [N, 8, 6, 6] =", StringComparison.Ordinal)
            && !line.StartsWith("        //", StringComparison.Ordinal)));
    }

    private static GraphCase Case(string name, long[] image, Func<GraphCase, GraphBuilder, Node, Node> forward)
    {
        var model = new GraphCase(name);
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", [GraphCase.N, .. image.Select(size => (Dimension)size)]);
        return model.Predict(graph, [x], forward(model, graph, x));
    }

    private static Node Convolution(GraphCase model, GraphBuilder graph, Node x, string key, int filters, int kernel, int stride = 1, int padding = 0,
        int groups = 1, bool bias = true)
    {
        graph.Label = key;
        Node result = graph.Add(new Convolve(new ConvolutionGeometry(stride, stride, padding, padding, 1, 1, groups)), x,
            model.Parameter(graph, key + ".weight", StorageKind.RowMajor, filters, x.Shape[1].Value / groups, kernel, kernel));
        return bias ? graph.Add(result, graph.BroadcastAlong(model.Parameter(graph, key + ".bias", StorageKind.RowMajor, filters), result.Shape, [1])) : result;
    }

    private static Node Normalized(GraphCase model, GraphBuilder graph, Node x, string key)
    {
        long channels = x.Shape[1].Value;
        graph.Label = key;
        return graph.Add(new BatchNormalize(1e-5), x, model.Parameter(graph, key + ".weight", StorageKind.RowMajor, channels),
            model.Parameter(graph, key + ".bias", StorageKind.RowMajor, channels), model.State(graph, key + ".running_mean", channels),
            model.State(graph, key + ".running_var", channels));
    }

    private static Node Relu(GraphBuilder graph, Node x) =>
        graph.Map(new ScalarExpression.Binary(BinaryFunction.Max, 0, new ScalarExpression.Input(0)), x);
}
