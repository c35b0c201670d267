using System;
using System.Collections.Generic;
using System.Runtime.Intrinsics;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Kernels.Tests;

/// <summary>Every function over all magnitudes: the stated error bounds, and the same values at every width.</summary>
public sealed class VectorMathAccuracyTests
{
    // A prime, so that all low bits occur.
    private static readonly uint FloatStride = Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 61u : 1021u;

    // The bound is of the float versions, in ulp; doubles have a relative error of at most 2e-15.
    private static readonly Dictionary<string, (Function Function, double Bound)> Functions = new()
    {
        ["Exp"] = (
            new(VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp,
                VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, Math.Exp), 1.1),
        ["Log"] = (
            new(VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log,
                VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, Math.Log), 1),
        ["Tanh"] = (
            new(VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh,
                VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, Math.Tanh), 2.5),
        ["Sigmoid"] = (
            new(VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid,
                VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid, Reference.Sigmoid), 2.5),
        ["Softplus"] = (
            new(VectorMath.Softplus, VectorMath.Softplus, VectorMath.Softplus, VectorMath.Softplus,
                VectorMath.Softplus, VectorMath.Softplus, VectorMath.Softplus, VectorMath.Softplus, Reference.Softplus), 2),
        ["Erf"] = (
            new(VectorMath.Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf,
                VectorMath.Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf, Reference.Erf), 1.2),
        ["Sin"] = (
            new(VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, VectorMath.Sin,
                VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, Math.Sin), 2.5),
        ["Cos"] = (
            new(VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, VectorMath.Cos,
                VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, Math.Cos), 2.5),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    private sealed record Function(
        Func<Vector512<float>, Vector512<float>> Float512, Func<Vector256<float>, Vector256<float>> Float256, Func<Vector128<float>, Vector128<float>> Float128,
        Func<float, float> Float, Func<Vector512<double>, Vector512<double>> Double512, Func<Vector256<double>, Vector256<double>> Double256,
        Func<Vector128<double>, Vector128<double>> Double128, Func<double, double> Double, Func<double, double> Expected);

    [Theory]
    [MemberData(nameof(Names))]
    public void FloatsAreWithinTheBound(string name)
    {
        var (function, bound) = Functions[name];
        double worst = 0;
        float worstAt = 0;
        var block = new float[16];
        for (ulong first = 0; first < 1UL << 32; first += 16 * FloatStride)
        {
            for (uint lane = 0; lane < 16; lane++) block[lane] = BitConverter.UInt32BitsToSingle((uint)(first + (lane * FloatStride)));
            var result = function.Float512(Vector512.Create(block));
            for (int lane = 0; lane < 16; lane++)
            {
                double expected = function.Expected(block[lane]);

                // 1/(1 + exp(-x)) may become 0 where it should be denormal.
                if (name == "Sigmoid" && expected < 1.2e-38 && result[lane] == 0) continue;
                double distance = Reference.UlpDistance(result[lane], expected);
                if (distance > worst) (worst, worstAt) = (distance, block[lane]);
            }
        }

        Assert.True(worst <= bound, $"{name}({worstAt:R}) is {worst} ulp off");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DoublesAreWithinTheBound(string name)
    {
        var function = Functions[name].Function;
        double worst = 0, worstAt = 0;
        var block = new double[8];
        for (ulong first = 0; first < 200_000; first += 8)
        {
            // All magnitudes that floats have, with random digits below.
            for (uint lane = 0; lane < 8; lane++)
            {
                ulong number = first + lane;
                block[lane] = BitConverter.UInt32BitsToSingle((uint)(number * 21_467)) * (1 + (PhiloxRandom.UniformDouble(1, 0, 0, (long)number) * 1e-7));
            }

            var result = function.Double512(Vector512.Create(block));
            for (int lane = 0; lane < 8; lane++)
            {
                double expected = function.Expected(block[lane]), actual = result[lane];
                if (actual.Equals(expected) || Math.Abs(expected) < 1e-307) continue;
                double error = Math.Abs(actual - expected) / Math.Abs(expected);
                if (!(error <= worst)) (worst, worstAt) = (error, block[lane]);
            }
        }

        Assert.True(worst <= 2e-15, $"{name}({worstAt:R}) is off by {worst}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AllWidthsAgree(string name)
    {
        var function = Functions[name].Function;
        for (int i = 0; i < 2000; i++)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)i * 2_147_483u);
            float expected = function.Float512(Vector512.Create(x))[7];
            Assert.Equal(expected, function.Float256(Vector256.Create(x))[5]);
            Assert.Equal(expected, function.Float128(Vector128.Create(x))[3]);
            Assert.Equal(expected, function.Float(x));

            double y = x * 1.0000000123;
            double expectedDouble = function.Double512(Vector512.Create(y))[5];
            Assert.Equal(expectedDouble, function.Double256(Vector256.Create(y))[3]);
            Assert.Equal(expectedDouble, function.Double128(Vector128.Create(y))[1]);
            Assert.Equal(expectedDouble, function.Double(y));
        }
    }
}
