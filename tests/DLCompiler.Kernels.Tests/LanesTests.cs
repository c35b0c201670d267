using System;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Kernels.Tests;

public sealed class LanesTests
{
    private const float Untouched = -77;

    public static TheoryData<int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            foreach (int features in new[] { 1, 3, 4, 5, 15, 16, 17, 84, 400 })
            {
                foreach (int samples in new[] { 1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 15, 16 }) sizes.Add(features, samples);
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void RowsBecomeLanesAndRowsAgain(int features, int samples)
    {
        int stride = features + 3;
        var rows = new float[(samples * stride) - 3];
        for (int i = 0; i < rows.Length; i++) rows[i] = i + 1;

        var block = new float[(features * 16) + 8];
        Array.Fill(block, Untouched);
        Lanes.TransposeToLanes(ref rows[0], stride, ref block[0], features, samples);
        for (int feature = 0; feature < features; feature++)
        {
            for (int lane = 0; lane < 16; lane++)
            {
                Assert.Equal(lane < samples ? rows[(lane * stride) + feature] : 0, block[(feature * 16) + lane]);
            }
        }

        Assert.All(block[(features * 16)..], x => Assert.Equal(Untouched, x));

        // The gaps between the rows, and what follows the last, stay as they are.
        var back = new float[(samples * stride) + 8];
        Array.Fill(back, Untouched);
        Lanes.TransposeFromLanes(ref block[0], ref back[0], stride, features, samples);
        for (int i = 0; i < back.Length; i++)
        {
            Assert.Equal(i < rows.Length && i % stride < features ? rows[i] : Untouched, back[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void PaddedRowsEndInZeros(int features, int samples)
    {
        int padded = (features + 15) & -16, stride = padded + 16;
        var block = new float[features * 16];
        for (int i = 0; i < block.Length; i++) block[i] = i + 1;
        var rows = new float[samples * stride];
        Array.Fill(rows, Untouched);
        Lanes.TransposeFromLanes(ref block[0], ref rows[0], stride, features, samples, padRows: true);
        for (int lane = 0; lane < samples; lane++)
        {
            for (int i = 0; i < stride; i++)
            {
                Assert.Equal(i < features ? block[(i * 16) + lane] : i < padded ? 0 : Untouched, rows[(lane * stride) + i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void DoublesMoveAsFloats(int features, int samples)
    {
        int padded = (features + 15) & -16;
        var rows = new double[samples * features];
        for (int i = 0; i < rows.Length; i++) rows[i] = i + 0.1;
        var block = new double[features * 16];
        Array.Fill(block, Untouched);
        Lanes.TransposeToLanes(ref rows[0], features, ref block[0], features, samples);
        var back = new double[samples * padded];
        Array.Fill(back, Untouched);
        Lanes.TransposeFromLanes(ref block[0], ref back[0], padded, features, samples, padRows: true);
        for (int lane = 0; lane < samples; lane++)
        {
            for (int i = 0; i < padded; i++) Assert.Equal(i < features ? rows[(lane * features) + i] : 0, back[(lane * padded) + i]);
        }

        for (int i = 0; i < block.Length; i++) Assert.Equal(i % 16 < samples, block[i] != 0);
    }

    [Fact]
    public void ClearTailLeavesTheSamples()
    {
        var block = new float[5 * 16];
        Array.Fill(block, 2f);
        Lanes.ClearTail(ref block[0], 4, 13);
        for (int i = 0; i < block.Length; i++) Assert.Equal(i < 64 && i % 16 >= 13 ? 0 : 2, block[i]);

        Array.Fill(block, 2f);
        Lanes.ClearTail(ref block[0], 5, 16);
        Assert.All(block, x => Assert.Equal(2, x));

        var doubles = new double[32];
        Array.Fill(doubles, 2);
        Lanes.ClearTail(ref doubles[0], 2, 1);
        for (int i = 0; i < doubles.Length; i++) Assert.Equal(i % 16 == 0 ? 2 : 0, doubles[i]);
    }

    [Fact]
    public void FetchingNeedsNoValidAddress()
    {
        var one = new float[1];
        Lanes.Fetch0(ref System.Runtime.CompilerServices.Unsafe.Add(ref one[0], 1 << 20));
        Lanes.Fetch1(ref System.Runtime.CompilerServices.Unsafe.Add(ref one[0], 1 << 20));
        Assert.Equal(0, one[0]);
    }
}
