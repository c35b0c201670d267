using System;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>What training does to its input, and prediction does not.</summary>
public sealed class DisturbanceTests
{
    private const int Samples = 256, Elements = Samples * 16 * 9;

    private static readonly float[] Ones = [.. Enumerable.Repeat(1f, Elements)];

    // Standard normal numbers: quantiles in an order without pattern.
    private static readonly float[] Normal = [.. Enumerable.Range(0, Elements)
        .Select(i => (float)(Math.Sqrt(-2 * Math.Log(((i * 0.618033988749895) % 1) + 1e-9)) * Math.Cos(2 * Math.PI * (i * 0.754877666246693 % 1))))];

    [Fact]
    public void Channels_are_dropped_as_a_whole_and_the_mean_stays()
    {
        using var model = new Disturbed { Seed = 5 };
        float first = model.StepChannels(Ones);
        Assert.Equal(1, first, 0.05f);
        Assert.NotEqual(first, model.StepChannels(Ones));
        Assert.Equal(0, model.StepPositions(Ones), 1e-6f);
    }

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        using var model = new Disturbed { Seed = 5 };
        Assert.Equal(Normal.Average(), model.StepAlphaMean(Normal), 0.03f);
        Assert.Equal(Normal.Average(value => value * value), model.StepAlphaSquare(Normal), 0.05f);
    }

    [Fact]
    public void Noise_has_its_deviation()
    {
        using var model = new Disturbed { Seed = 5 };
        Assert.Equal(1, model.StepNoiseMean(Ones), 0.02f);
        Assert.Equal(0.25f, model.StepNoiseSquare(new float[Elements]), 0.01f);
    }

    [Fact]
    public void Predictions_are_the_same_each_time()
    {
        using var model = new Disturbed { Seed = 5 };
        float[] x = [1, 2, 3];
        Assert.Equal(model.Predict(x), model.Predict(x));
#pragma warning disable DLC3002 // The eager reference, on purpose.
        Assert.Equal(model.Forward(Tensor.FromArray(x, 3, 1)).ToArray(), model.Predict(x).Select(value => value), (a, b) => Math.Abs(a - b) < 1e-6f);
#pragma warning restore DLC3002
    }
}
