using System;
using System.Runtime.Intrinsics;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Kernels.Tests;

/// <summary>Values at the edges, where formulas break first.</summary>
public sealed class VectorMathSpecialValueTests
{
    private const float Infinity = float.PositiveInfinity;

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(Infinity, Infinity)]
    [InlineData(89f, Infinity)]
    [InlineData(1e30f, Infinity)]
    [InlineData(-104f, 0f)]
    [InlineData(-1e30f, 0f)]
    [InlineData(-103.25f, float.Epsilon)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(1e-40f, 1f)]
    public void Exp(float x, float expected)
    {
        Assert.Equal(expected, VectorMath.Exp(x));
        Assert.Equal(expected, VectorMath.Exp(Vector256.Create(x))[3]);
        Assert.Equal(expected, VectorMath.Exp(Vector512.Create(x))[11]);
        if (x != -103.25f && x != 89f && x != -104f) Assert.Equal(expected, VectorMath.Exp((double)x));
    }

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(-1f, float.NaN)]
    [InlineData(-float.Epsilon, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(Infinity, Infinity)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.Epsilon, -103.27893f)]
    public void Log(float x, float expected)
    {
        Assert.Equal(expected, VectorMath.Log(x));
        Assert.Equal(expected, VectorMath.Log(Vector512.Create(x))[0]);
        Assert.Equal(expected, (float)VectorMath.Log((double)x));
        Assert.Equal(expected, (float)VectorMath.Log(Vector512.Create((double)x))[1]);
    }

    [Fact]
    public void NegativeZeroIsZero()
    {
        Assert.Equal(1f, VectorMath.Exp(-0f));
        Assert.Equal(float.NegativeInfinity, VectorMath.Log(-0f));
        Assert.Equal(double.NegativeInfinity, VectorMath.Log(-0.0));
    }

    [Fact]
    public void LogOfDenormalDoubles() => Assert.Equal(Math.Log(double.Epsilon), VectorMath.Log(double.Epsilon), 12);

    [Fact]
    public void OddFunctionsKeepZerosSignsAndDenormals()
    {
        foreach (float x in new[] { 0f, -0f, 1e-42f, -1e-42f })
        {
            Assert.Equal(BitConverter.SingleToUInt32Bits(x), BitConverter.SingleToUInt32Bits(VectorMath.Tanh(x)));
            Assert.Equal(x, VectorMath.Sin(x));
            Assert.Equal(BitConverter.SingleToUInt32Bits((float)(x * 1.1283791670955126)), BitConverter.SingleToUInt32Bits(VectorMath.Erf(x)));
        }
    }

    [Fact]
    public void SaturatingFunctionsSaturate()
    {
        Assert.Equal(1f, VectorMath.Tanh(Infinity));
        Assert.Equal(-1f, VectorMath.Tanh(-Infinity));
        Assert.Equal(-1.0, VectorMath.Tanh(double.NegativeInfinity));
        Assert.Equal(1f, VectorMath.Erf(Infinity));
        Assert.Equal(-1.0, VectorMath.Erf(double.NegativeInfinity));
        Assert.Equal(1f, VectorMath.Sigmoid(Infinity));
        Assert.Equal(0f, VectorMath.Sigmoid(-Infinity));
        Assert.Equal(0.5f, VectorMath.Sigmoid(0f));
        Assert.Equal(Infinity, VectorMath.Softplus(Infinity));
        Assert.Equal(0f, VectorMath.Softplus(-Infinity));
        Assert.Equal(1000f, VectorMath.Softplus(1000f));
    }

    [Fact]
    public void SinesOfHugeAndInfiniteArguments()
    {
        Assert.Equal(MathF.Sin(1e30f), VectorMath.Sin(1e30f));
        Assert.Equal(MathF.Cos(-3e7f), VectorMath.Cos(Vector512.Create(-3e7f))[9]);
        Assert.Equal(float.NaN, VectorMath.Sin(Infinity));
        Assert.Equal(float.NaN, VectorMath.Cos(float.NaN));

        // One huge lane does not spoil its neighbours.
        var mixed = VectorMath.Sin(Vector512.Create(0.5f).WithElement(3, 1e20f));
        Assert.Equal(0.47942555f, mixed[2]);
        Assert.Equal(MathF.Sin(1e20f), mixed[3]);
    }

    [Fact]
    public void NaNPropagatesEverywhere()
    {
        var nan = Vector512.Create(float.NaN);
        foreach (var result in new[]
        {
            VectorMath.Exp(nan), VectorMath.Log(nan), VectorMath.Tanh(nan), VectorMath.Sigmoid(nan), VectorMath.Erf(nan), VectorMath.Softplus(nan),
            VectorMath.Sin(nan), VectorMath.Cos(nan), VectorMath.Relu(nan), VectorMath.Sign(nan), VectorMath.Sqrt(nan), VectorMath.Floor(nan),
            VectorMath.Pow(nan, Vector512<float>.One), VectorMath.Pow(Vector512<float>.One + Vector512<float>.One, nan),
        })
        {
            Assert.Equal(Vector512<float>.AllBitsSet, Vector512.IsNaN(result));
        }
    }

    [Fact]
    public void MaximumAndMinimumPropagateNaN()
    {
        float[] values = [float.NaN, -Infinity, -2, 0, 3, Infinity];
        foreach (float a in values)
        {
            foreach (float b in values)
            {
                float max = MathF.Max(a, b), min = MathF.Min(a, b);
                Assert.Equal(max, VectorMath.MaxPropagateNaN(a, b));
                Assert.Equal(min, VectorMath.MinPropagateNaN(a, b));
                Assert.Equal(max, VectorMath.MaxPropagateNaN(Vector128.Create(a), Vector128.Create(b))[1]);
                Assert.Equal(max, VectorMath.MaxPropagateNaN(Vector256.Create(a), Vector256.Create(b))[1]);
                Assert.Equal(max, VectorMath.MaxPropagateNaN(Vector512.Create(a), Vector512.Create(b))[1]);
                Assert.Equal(min, VectorMath.MinPropagateNaN(Vector512.Create(a), Vector512.Create(b))[1]);
                Assert.Equal((double)max, VectorMath.MaxPropagateNaN(Vector512.Create((double)a), Vector512.Create((double)b))[1]);
                Assert.Equal((double)min, VectorMath.MinPropagateNaN((double)a, (double)b));
            }

            float relu = MathF.Max(a, 0);
            Assert.Equal(relu, VectorMath.Relu(a));
            Assert.Equal(relu, VectorMath.Relu(Vector128.Create(a))[1]);
            Assert.Equal(relu, VectorMath.Relu(Vector256.Create(a))[1]);
            Assert.Equal(relu, VectorMath.Relu(Vector512.Create(a))[1]);
            Assert.Equal((double)relu, VectorMath.Relu((double)a));
            Assert.Equal((double)relu, VectorMath.Relu(Vector512.Create((double)a))[1]);
        }
    }

    [Theory]
    [InlineData(-3.5f, -1f, -4f)]
    [InlineData(0f, 0f, 0f)]
    [InlineData(2.25f, 1f, 2f)]
    [InlineData(Infinity, 1f, Infinity)]
    public void SignAndFloor(float x, float sign, float floor)
    {
        Assert.Equal(sign, VectorMath.Sign(x));
        Assert.Equal(sign, VectorMath.Sign(Vector512.Create(x))[3]);
        Assert.Equal(sign, VectorMath.Sign(Vector128.Create((double)x))[1]);
        Assert.Equal(floor, VectorMath.Floor(x));
        Assert.Equal(floor, VectorMath.Floor(Vector256.Create(x))[3]);
    }

    [Fact]
    public void PowAgreesWithThePlatformEverywhere()
    {
        float[] edges =
        [
            float.NaN, Infinity, -Infinity, 0f, -0f, 1f, -1f, 2f, -2f, 0.5f, -0.5f, 3f, -3f, 1e-40f, -1e-40f, float.MaxValue, float.Epsilon, 16777216f, 16777217f, 33.3f,
        ];
        foreach (float x in edges)
        {
            foreach (float y in edges)
            {
                // Through double: the platform's float function need not be right to the last bit.
                float expected = (float)Math.Pow(x, y);
                string what = $"{x:R}^{y:R}";
                Assert.True(expected.Equals(VectorMath.Pow(x, y)) || Reference.UlpDistance(VectorMath.Pow(x, y), Math.Pow(x, y)) <= 1, what);
                Assert.True(VectorMath.Pow(x, y).Equals(VectorMath.Pow(Vector512.Create(x), Vector512.Create(y))[13]), what);
                Assert.True(VectorMath.Pow(x, y).Equals(VectorMath.Pow(Vector256.Create(x), Vector256.Create(y))[6]), what);
                Assert.Equal(Math.Pow(x, y), VectorMath.Pow(Vector512.Create((double)x), Vector512.Create((double)y))[6]);
            }
        }
    }

    [Fact]
    public void PowIsWithinOneUlp()
    {
        double worst = 0;
        for (int i = 0; i < 200_000; i++)
        {
            float x = BitConverter.UInt32BitsToSingle(((uint)i * 10_723u) & 0x7FFFFFFF);
            float y = (PhiloxRandom.Uniform(3, 0, 0, i) - 0.5f) * (i % 3 == 0 ? 300 : 8);
            worst = Math.Max(worst, Reference.UlpDistance(VectorMath.Pow(x, y), Math.Pow(x, y)));
        }

        Assert.InRange(worst, 0.4, 1);
    }
}
