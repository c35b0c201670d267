using System;
using System.Runtime.Intrinsics;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Kernels.Tests;

public sealed class PhiloxRandomTests
{
    // From Random123's kat_vectors: philox4x32 with 10 rounds.
    [Theory]
    [InlineData(0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)]
    [InlineData(0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0, 0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)]
    public void KnownAnswers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), PhiloxRandom.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void TheCounterIsAsDocumented()
    {
        const long Index = (0x1234_89AB_CDEFL * 4) + 2;
        var words = PhiloxRandom.Block(0x89ABCDEF, 0x7777_1234, 0x55667788, 0x11223344, 0xDDCCBBAA, 0x99887766);
        Assert.Equal(words.Word2, PhiloxRandom.Word(0x99887766_DDCCBBAA, 0x7777, 0x11223344_55667788, Index));
        Assert.Equal((words.Word2 >> 8) / 16777216f, PhiloxRandom.Uniform(0x99887766_DDCCBBAA, 0x7777, 0x11223344_55667788, Index));
    }

    [Theory]
    [InlineData(0UL, 0u, 0L, 0L)]
    [InlineData(42UL, 7u, 123456789L, 4096L)]
    [InlineData(ulong.MaxValue, 65535u, -1L, 0x3_FFFF_FFF0L)]
    [InlineData(0x8000_0000_8000_0000UL, 32768u, 1L << 40, 0x3FFF_FFFF_FFF0L)]
    public void VectorsGiveTheScalarsBits(ulong seed, uint stream, long iteration, long first)
    {
        var wide = PhiloxRandom.Uniform512(seed, stream, iteration, first);
        for (int i = 0; i < 16; i++)
        {
            float expected = PhiloxRandom.Uniform(seed, stream, iteration, first + i);
            Assert.Equal(expected, wide[i]);
            Assert.Equal(expected, PhiloxRandom.Uniform256(seed, stream, iteration, (first + i) & ~7L)[i & 7]);
            Assert.Equal(expected, PhiloxRandom.Uniform128(seed, stream, iteration, (first + i) & ~3L)[i & 3]);
            Assert.Equal((double)expected, PhiloxRandom.Uniform512Double(seed, stream, iteration, (first + i) & ~7L)[i & 7]);
            Assert.Equal((double)expected, PhiloxRandom.Uniform256Double(seed, stream, iteration, (first + i) & ~3L)[i & 3]);
            Assert.Equal((double)expected, PhiloxRandom.Uniform128Double(seed, stream, iteration, (first + i) & ~1L)[i & 1]);
            Assert.Equal((double)expected, PhiloxRandom.UniformDouble(seed, stream, iteration, first + i));
        }
    }

    [Fact]
    public void UniformFillsItsIntervalEvenly()
    {
        const int Bins = 64, Count = 1 << 18;
        var histogram = new int[Bins];
        double sum = 0;
        for (long first = 0; first < Count; first += 16)
        {
            var numbers = PhiloxRandom.Uniform512(9, 1, 5, first);
            for (int i = 0; i < 16; i++)
            {
                Assert.InRange(numbers[i], 0f, 0.99999994f);
                histogram[(int)(numbers[i] * Bins)]++;
                sum += numbers[i];
            }
        }

        double chiSquare = 0, expected = (double)Count / Bins;
        foreach (int n in histogram) chiSquare += (n - expected) * (n - expected) / expected;

        // 63 degrees of freedom: 30 to 110 has all but about 1e-4.
        Assert.InRange(chiSquare, 30, 110);
        Assert.InRange(sum / Count, 0.5 - 0.0025, 0.5 + 0.0025);
    }

    [Fact]
    public void StreamsIterationsAndSeedsDiffer()
    {
        var one = PhiloxRandom.Uniform512(1, 2, 3, 0);
        Assert.NotEqual(one, PhiloxRandom.Uniform512(2, 2, 3, 0));
        Assert.NotEqual(one, PhiloxRandom.Uniform512(1, 3, 3, 0));
        Assert.NotEqual(one, PhiloxRandom.Uniform512(1, 2, 4, 0));
        Assert.NotEqual(one, PhiloxRandom.Uniform512(1, 2, 3, 16));
    }

    [Fact]
    public void NormalHasTheNormalsMomentsAndTails()
    {
        const int Count = 200_000;
        double sum = 0, squares = 0, cubes = 0, fourths = 0, product = 0;
        int beyondTwo = 0;
        for (int i = 0; i < Count; i += 2)
        {
            double a = PhiloxRandom.Normal(11, 0, 0, i), b = PhiloxRandom.Normal(11, 0, 0, i + 1);
            product += a * b;
            foreach (double x in new[] { a, b })
            {
                sum += x;
                squares += x * x;
                cubes += x * x * x;
                fourths += x * x * x * x;
                if (Math.Abs(x) > 2) beyondTwo++;
            }
        }

        // About four standard errors each.
        Assert.InRange(sum / Count, -0.009, 0.009);
        Assert.InRange(squares / Count, 1 - 0.013, 1 + 0.013);
        Assert.InRange(cubes / Count, -0.035, 0.035);
        Assert.InRange(fourths / Count, 3 - 0.09, 3 + 0.09);
        Assert.InRange(product / (Count / 2), -0.013, 0.013);
        Assert.InRange((double)beyondTwo / Count, 0.0455 - 0.002, 0.0455 + 0.002);
    }
}
