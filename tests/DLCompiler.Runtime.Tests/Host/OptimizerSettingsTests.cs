using System;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class OptimizerSettingsTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Sgd()
    {
        var arguments = Arguments(new OptimizerSettings(Optimizer.Sgd, 0.1, Momentum: 0.9, WeightDecay: 0.01), 0.2, 1);
        Assert.Equal([-0.2, 0.9, 0.01], arguments[..3]);
        Assert.Equal(1, new OptimizerSettings(Optimizer.Sgd, 0.1, Momentum: 0.9).StateSlots);
        Assert.Equal(0, new OptimizerSettings(Optimizer.Sgd, 0.1).StateSlots);
    }

    [Fact]
    public void AdamsFirstSteps()
    {
        var settings = new OptimizerSettings(Optimizer.Adam, 0.001, WeightDecay: 0.02);
        var first = Arguments(settings, 0.001, 1);
        Assert.Equal(0.1, first[0], Tolerance);
        Assert.Equal(0.999, first[1], Tolerance);
        Assert.Equal(0.001, first[2], Tolerance);
        // 1 − β₁ = 0.1 and 1 − β₂ = 0.001: −0.001/0.1 and 1/√0.001.
        Assert.Equal(-0.01, first[3], Tolerance);
        Assert.Equal(31.622776601683793, first[4], 1e-9);
        Assert.Equal(1e-8, first[5]);
        Assert.Equal(0.02, first[6]);

        // 1 − 0.9² = 0.19 and 1 − 0.999² = 0.001999.
        var second = Arguments(settings, 0.001, 2);
        Assert.Equal(-0.001 / 0.19, second[3], Tolerance);
        Assert.Equal(1 / Math.Sqrt(0.001999), second[4], 1e-9);
        Assert.Equal(2, settings.StateSlots);
    }

    [Fact]
    public void AdamWDecaysByTheLearningRate()
    {
        var arguments = Arguments(new OptimizerSettings(Optimizer.AdamW, 0.001, WeightDecay: 0.01), 0.5, 1);
        Assert.Equal(-0.005, arguments[6], Tolerance);
    }

    [Fact]
    public void BiasCorrectionsEndAtOne()
    {
        var arguments = Arguments(new OptimizerSettings(Optimizer.Adam, 0.001), 0.001, 1_000_000_000);
        Assert.Equal(-0.001, arguments[3], Tolerance);
        Assert.Equal(1, arguments[4], Tolerance);
    }

    private static double[] Arguments(OptimizerSettings settings, double learningRate, long step)
    {
        var arguments = new double[OptimizerSettings.ArgumentCount];
        settings.FillArguments(arguments, learningRate, step);
        return arguments;
    }
}
