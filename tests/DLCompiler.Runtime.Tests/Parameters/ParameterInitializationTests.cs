using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Moments and bounds of the initialisers on 30,000 values: tolerances of some five standard errors.</summary>
public sealed class ParameterInitializationTests
{
    private const int Rows = 200, Columns = 150;

    [Theory]
    [InlineData(ParameterInitializer.UniformFanIn, 0.0816496580927726)]
    [InlineData(ParameterInitializer.GlorotUniform, 0.130930734141595)]
    [InlineData(ParameterInitializer.HeUniform, 0.2)]
    public void Uniform(ParameterInitializer initializer, double bound)
    {
        // 1/√150, √(6/350) and √(6/150).
        var values = Draw(initializer);
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        Assert.True(values.Max() > 0.999 * bound && values.Min() < -0.999 * bound);
        Assert.Equal(0, values.Average() / bound, 0.017);
        Assert.Equal(1.0 / 3, values.Average(v => (double)v * v) / (bound * bound), 0.01);
    }

    [Theory]
    [InlineData(ParameterInitializer.GlorotNormal, 0.0755928946018454)]
    [InlineData(ParameterInitializer.HeNormal, 0.115470053837925)]
    [InlineData(ParameterInitializer.Normal, 1)]
    public void Normal(ParameterInitializer initializer, double deviation)
    {
        // √(2/350) and √(2/150).
        var values = Draw(initializer).Select(v => v / deviation).ToArray();
        Assert.Equal(0, values.Average(), 0.03);
        Assert.Equal(1, values.Average(v => v * v), 0.05);
        Assert.Equal(3, values.Average(v => v * v * v * v), 0.3);
        Assert.Equal(0.6827, values.Count(v => Math.Abs(v) < 1) / (double)values.Length, 0.015);
    }

    [Fact]
    public void Constants()
    {
        Assert.All(Draw(ParameterInitializer.Zeros), value => Assert.Equal(0, value));
        Assert.All(Draw(ParameterInitializer.Ones), value => Assert.Equal(1, value));
    }

    [Fact]
    public void ValuesDependOnSeedAndParameterButNotOnStorage()
    {
        float[] RowMajor(ulong seed, string name) => Host(ParameterStorage.RowMajor, seed).Parameters[name].ToArray();
        Assert.Equal(RowMajor(1, "w"), RowMajor(1, "w"));
        Assert.NotEqual(RowMajor(1, "w"), RowMajor(2, "w"));
        Assert.NotEqual(RowMajor(1, "w"), RowMajor(1, "second"));
        Assert.Equal(RowMajor(1, "w"), Host(ParameterStorage.Panels, 1).Parameters["w"].ToArray());
    }

    private static float[] Draw(ParameterInitializer initializer)
    {
        using var host = new ModelHost(new FakeModel().Parameter("w", [Rows, Columns], initializer: initializer, fanIn: Columns, fanOut: Rows), 7);
        return host.Parameters["w"].ToArray();
    }

    private static ModelHost Host(ParameterStorage storage, ulong seed) => new(
        new FakeModel()
            .Parameter("w", [20, 30], storage, ParameterInitializer.UniformFanIn, 30, 20)
            .Parameter("second", [20, 30], storage, ParameterInitializer.UniformFanIn, 30, 20), seed);
}
