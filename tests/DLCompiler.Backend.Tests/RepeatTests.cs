using System;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Blocks that are repeated with parameters of their own: rolled, and with the same results and gradients as one after the other.</summary>
public sealed class RepeatTests
{
    [Fact]
    public void RepeatsMatchTheReference() => CompiledAgainstReference.Check(
    [
        Case("whole vectors", 3, 16),
        Case("odd sizes", 4, 13),
        Case("wide", 2, 40),
        Case("computed again", 3, 16, recompute: true),
        Case("used twice", 3, 13, times: 2),
        Case("a block's parameter read elsewhere", 3, 16, elsewhere: true),
    ]);

    [Fact]
    public void FewSamplesShareColumns()
    {
        GraphCase wide = Case("wide", 2, 272);
        Assert.Contains("PredictVector256Few", KernelFile.PrintCompiled(wide.Build(), "Own", ElementType.Float32, null, [InstructionSet.Vector256]));
        CompiledAgainstReference.Check([wide], batches: [1, 3], fewSamplesOnly: true);
    }

    // Names of kernels may have other numbers; there are as many lines of code for any number of blocks.
    [Fact]
    public void CodeDoesNotGrowWithTheNumberOfBlocks()
    {
        Assert.Equal(Lines(3), Lines(30));

        static int Lines(int count) => KernelFile.PrintCompiled(Case("deep", count, 16).Build(), "Own", ElementType.Float32, null, [InstructionSet.Vector256])
            .Split('\n').Count(line => !line.TrimStart().StartsWith("new(\"", StringComparison.Ordinal)
                && !line.TrimStart().StartsWith("//", StringComparison.Ordinal));
    }

    private static GraphCase Case(string name, int count, int size, bool recompute = false, int times = 1, bool elsewhere = false)
    {
        var model = new GraphCase(name);
        foreach (bool isStep in new[] { false, true })
        {
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", GraphCase.N, size);
            Node y = x;
            for (int time = 0; time < times; time++) y = RepeatedBlocks.Apply(model, graph, y, count, recompute);
            if (elsewhere) y = graph.Multiply(y, graph.BroadcastAlong(RepeatedBlocks.Parameter(model, graph, 1, "scale", size), y.Shape, [1]));
            if (isStep) model.Step(graph, [x], graph.Mean(graph.Map(ScalarExpressions.Square, y)));
            else model.Predict(graph, [x], y);
        }

        return model;
    }
}
