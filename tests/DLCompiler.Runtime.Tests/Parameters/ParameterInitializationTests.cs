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
    [InlineData(ParameterInitializer.LeCunUniform, 0.14142135623731)]
    [InlineData(ParameterInitializer.Uniform, 1.00000001)]
    public void Uniform(ParameterInitializer initializer, double bound)
    {
        // 1/√150, √(6/350), √(6/150) and √(3/150).
        var values = Draw(initializer);
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        Assert.True(values.Max() > 0.999 * bound && values.Min() < -0.999 * bound);
        Assert.Equal(0, values.Average() / bound, 0.017);
        Assert.Equal(1.0 / 3, values.Average(v => (double)v * v) / (bound * bound), 0.01);
    }

    [Theory]
    [InlineData(ParameterInitializer.GlorotNormal, 0.0755928946018454)]
    [InlineData(ParameterInitializer.HeNormal, 0.115470053837925)]
    [InlineData(ParameterInitializer.LeCunNormal, 0.0816496580927726)]
    [InlineData(ParameterInitializer.Normal, 1)]
    public void Normal(ParameterInitializer initializer, double deviation)
    {
        // √(2/350), √(2/150) and √(1/150).
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
    public void TruncatedNormalEndsAtTwoDeviations()
    {
        // The variance of a standard normal number within ±2 is 1 − 4φ(2)/(Φ(2) − Φ(−2)) = 0.7737.
        var values = Draw(ParameterInitializer.TruncatedNormal, gain: 0.5).Select(value => value / 0.5).ToArray();
        Assert.All(values, value => Assert.InRange(value, -2, 2));
        Assert.True(values.Max() > 1.99 && values.Min() < -1.99);
        Assert.Equal(0, values.Average(), 0.03);
        Assert.Equal(0.7737, values.Average(v => v * v), 0.03);
    }

    [Theory]
    [InlineData(7, 20)]
    [InlineData(20, 7)]
    [InlineData(12, 12)]
    public void OrthogonalIsOrthogonal(int rows, int columns)
    {
        float[] w = Draw(ParameterInitializer.Orthogonal, gain: 3, rows, columns);
        int count = Math.Min(rows, columns);
        for (int a = 0; a < count; a++)
            for (int b = 0; b < count; b++)
            {
                double product = rows <= columns
                    ? Enumerable.Range(0, columns).Sum(i => (double)w[a * columns + i] * w[b * columns + i])
                    : Enumerable.Range(0, rows).Sum(i => (double)w[i * columns + a] * w[i * columns + b]);
                Assert.Equal(a == b ? 9 : 0, product, 1e-5);
            }
    }

    [Fact]
    public void IdentityHandsOn()
    {
        Assert.Equal([2, 0, 0, 0, 2, 0], Draw(ParameterInitializer.Identity, gain: 2, 2, 3));
        using var host = new ModelHost(new FakeModel().Parameter("w", [2, 2, 3, 3], initializer: ParameterInitializer.Identity), 7);
        float[] kernel = host.Parameters["w"].ToArray();
        Assert.Equal([4, 31], Enumerable.Range(0, 36).Where(i => kernel[i] == 1));
        Assert.Equal(2, kernel.Sum());
    }

    [Fact]
    public void GainsMultiply()
    {
        Assert.All(Draw(ParameterInitializer.Ones, gain: -0.25), value => Assert.Equal(-0.25f, value));
        float[] one = Draw(ParameterInitializer.HeNormal), two = Draw(ParameterInitializer.HeNormal, gain: 2);
        Assert.All(one.Zip(two), pair => Assert.Equal(2 * pair.First, pair.Second, 1e-6));
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

    private static float[] Draw(ParameterInitializer initializer, double gain = 1, int rows = Rows, int columns = Columns)
    {
        var model = new FakeModel().Parameter("w", [rows, columns], initializer: initializer, fanIn: columns, fanOut: rows);
        model.ParameterList[0] = model.ParameterList[0] with { Gain = gain };
        using var host = new ModelHost(model, 7);
        return host.Parameters["w"].ToArray();
    }

    private static ModelHost Host(ParameterStorage storage, ulong seed) => new(
        new FakeModel()
            .Parameter("w", [20, 30], storage, ParameterInitializer.UniformFanIn, 30, 20)
            .Parameter("second", [20, 30], storage, ParameterInitializer.UniformFanIn, 30, 20), seed);
}
