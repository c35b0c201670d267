using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Blocks that are repeated: what is stored, what is computed again, what is learned.</summary>
public class RepeatTests
{
    private const int Samples = 9, Positions = 11, Steps = 7;

    [Fact]
    public void Parameters_are_those_of_each_block()
    {
        using var model = new KeepingTransformer();
        string[] names = [.. model.Parameters.Select(parameter => parameter.Name)];
        Assert.Equal(4, names.Count(name => name.EndsWith(".linear1.weight", System.StringComparison.Ordinal)));
        Assert.Contains("body.layers.3.self_attn.in_proj_weight", names);
        Assert.NotEqual(model.Parameters["body.layers.0.linear1.weight"].ToArray(), model.Parameters["body.layers.1.linear1.weight"].ToArray());
    }

    // Dropout draws the same numbers the second time.
    [Fact]
    public void What_is_computed_again_has_the_same_bits()
    {
        using var keeping = new KeepingTransformer { Seed = 3, Threads = 2 };
        using var recomputing = new RecomputingTransformer { Seed = 3, Threads = 2 };
        float[] first = Losses((x, lengths, labels) => keeping.StepTrain(x, lengths, labels, t: Positions));
        float[] second = Losses((x, lengths, labels) => recomputing.StepTrain(x, lengths, labels, t: Positions));
        Assert.Equal(first, second);
        Assert.NotEqual(first[0], first[^1]);
        foreach (var parameter in keeping.Parameters) Assert.Equal(parameter.ToArray(), recomputing.Parameters[parameter.Name].ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Threads_and_levels_give_the_same_bits(int threads)
    {
        float[][] losses = [.. new[] { SimdLevel.Scalar, SimdLevel.Vector256, SimdLevel.Vector512 }.Select(level =>
        {
            SimdOptions.Level = level;
            using var model = new KeepingTransformer { Seed = 1, Threads = threads };
            return Losses((x, lengths, labels) => model.StepTrain(x, lengths, labels, t: Positions));
        })];
        using var alone = new KeepingTransformer { Seed = 1, Threads = 1 };
        float[] expected = Losses((x, lengths, labels) => alone.StepTrain(x, lengths, labels, t: Positions));
        foreach (float[] some in losses)
            for (int step = 0; step < Steps; step++) Assert.Equal(expected[step], some[step], 1e-5);
        Assert.Equal(expected, losses[^1]);
    }

    [Fact]
    public void Running_statistics_move_in_every_block()
    {
        using var model = new NormalisedBlocks { Seed = 2 };
        float[] x = [.. Enumerable.Range(0, Samples * 6).Select(i => (i * 37 % 17) - 8f)], y = [.. Enumerable.Range(0, Samples).Select(i => i % 3f)];
        float first = model.StepTrain(x, y);
        for (int step = 0; step < 60; step++) model.StepTrain(x, y);
        Assert.True(model.StepTrain(x, y) < first / 2);
        foreach (int block in Enumerable.Range(0, 3)) Assert.Contains(model.Parameters[$"blocks.{block}.norm.running_mean"].ToArray(), value => value != 0);
    }

    private static float[] Losses(System.Func<float[], int[], int[], float> train)
    {
        float[] x = [.. Enumerable.Range(0, Samples * Positions * 5).Select(i => ((i * 37 % 101) / 50f) - 1)];
        int[] lengths = [.. Enumerable.Range(0, Samples).Select(i => 1 + (i * 5 % Positions))], labels = [.. Enumerable.Range(0, Samples).Select(i => i % 3)];
        return [.. Enumerable.Range(0, Steps).Select(_ => train(x, lengths, labels))];
    }
}
