using System;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Random tensors: their distributions, and that seeds decide.</summary>
public sealed class RandomTests
{
    private static readonly float[] Samples = new float[64];

    [Fact]
    public void Distributions_are_those_that_are_asked_for()
    {
        using var model = new Noisy { Seed = 3 };
        var (uniform, normal, coins, order) = model.Predict(Samples);
        Assert.All(uniform, value => Assert.InRange(value, -1, 3));
        Assert.Equal(1, uniform.Average(), 0.1f);
        Assert.Equal(2, normal.Average(), 0.2f);
        Assert.Equal(9, normal.Average(value => (value - 2) * (value - 2)), 0.8f);
        Assert.Equal(0.25, coins.Average(), 0.03f);
        Assert.All(coins, value => Assert.True(value is 0 or 1));
        Assert.Equal(Enumerable.Range(0, 100), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public void Each_step_draws_anew_and_the_seed_decides()
    {
        using Noisy one = new() { Seed = 3 }, same = new() { Seed = 3 }, other = new() { Seed = 4 };
        float[] losses = [one.StepNoise(Samples), one.StepNoise(Samples)];
        Assert.NotEqual(losses[0], losses[1]);
        Assert.Equal(losses, new[] { same.StepNoise(Samples), same.StepNoise(Samples) });
        Assert.NotEqual(losses[0], other.StepNoise(Samples));
    }

    [Fact]
    public void Eager_numbers_have_the_same_distributions()
    {
        float[] normal = Tensor.RandomNormal(2, 3, 4096).ToArray();
        Assert.Equal(2, normal.Average(), 0.2f);
        Assert.Equal(9, normal.Average(value => (value - 2) * (value - 2)), 0.8f);
        Assert.NotEqual(normal, Tensor.RandomNormal(2, 3, 4096).ToArray());
        Assert.Equal(Enumerable.Range(0, 50), Tensor.RandomPermutation(50).ToArray().Order());
    }
}
