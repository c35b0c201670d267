using System;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Windows over a corpus, random and in order.</summary>
public sealed class TokenWindowsTests
{
    private static readonly int[] tokens = [.. Enumerable.Range(0, 103)];

    [Fact]
    public void Targets_are_the_next_tokens()
    {
        var windows = new TokenWindows(tokens, context: 5, batchSize: 4) { Seed = 3 };
        Assert.Equal(98, windows.Count);
        for (int number = 0; number < 200; number++)
        {
            var batch = windows.Random(number);
            Assert.Equal((4, 5, 20), (batch.Rows, batch.Length, batch.Inputs.Length));
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal(batch.Inputs[i] + 1, batch.Targets[i]);
                if (i % 5 > 0) Assert.Equal(batch.Inputs[i - 1] + 1, batch.Inputs[i]);
            }
        }
    }

    [Fact]
    public void Windows_begin_anywhere_and_follow_from_seed_and_number()
    {
        var windows = new TokenWindows(tokens, 5, 4) { Seed = 3 };
        var starts = Enumerable.Range(0, 400).SelectMany(number =>
        {
            var inputs = windows.Random(number).Inputs;
            return new[] { inputs[0], inputs[5], inputs[10], inputs[15] };
        }).ToHashSet();
        Assert.Equal(Enumerable.Range(0, 98), starts.Order());
        int[] batch = windows.Random(7).Inputs.ToArray();
        Assert.Equal(batch, new TokenWindows(tokens, 5, 4) { Seed = 3 }.Random(7).Inputs);
        Assert.NotEqual(batch, new TokenWindows(tokens, 5, 4) { Seed = 4 }.Random(7).Inputs.ToArray());
    }

    [Fact]
    public void Rows_go_through_their_parts_in_order()
    {
        var windows = new TokenWindows(tokens, 5, 4);
        // Parts of 25 tokens, five windows each.
        Assert.Equal(5, windows.SequentialBatches);
        Assert.Equal([0, 1, 2, 3, 4, 25, 26, 27, 28, 29, 50, 51, 52, 53, 54, 75, 76, 77, 78, 79], windows.Sequential(0).Inputs);
        Assert.Equal([20, 21, 22, 23, 24], windows.Sequential(4).Inputs[..5]);
        Assert.Equal([96, 97, 98, 99, 100], windows.Sequential(4).Targets[15..]);
        Assert.Equal(windows.Sequential(1).Inputs.ToArray(), windows.Sequential(6).Inputs);
    }

    [Fact]
    public void Texts_that_are_too_short_are_refused()
    {
        Assert.Contains("Pass 6 or more", Assert.Throws<ArgumentException>(() => new TokenWindows(tokens.AsMemory(0, 5), 5, 1)).Message, StringComparison.Ordinal);
        Assert.Equal(1, new TokenWindows(tokens.AsMemory(0, 6), 5, 1).Count);
        var windows = new TokenWindows(tokens.AsMemory(0, 12), 5, 3);
        Assert.Equal(0, windows.SequentialBatches);
        Assert.Throws<InvalidOperationException>(() => windows.Sequential(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.Random(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenWindows(tokens, 0, 1));
    }

    [Fact]
    public void Contexts_before_each_token_become_samples()
    {
        var data = DataSet.FromNextTokens([[1, 2, 3], [4]], context: 2, boundary: 0);
        Assert.Equal((6, 2), (data.Count, data.FeatureLength));
        Assert.Equal([0, 0, 0, 1, 1, 2, 2, 3, 0, 0, 0, 4], data.Ids(0, 6));
        Assert.Equal([1, 2, 3, 0, 4, 0], data.Labels(0, 6));
        Assert.Throws<ArgumentException>(() => DataSet.FromNextTokens([], 2, 0));
    }

    [Fact]
    public void Time_series_become_windows_with_what_follows()
    {
        var data = DataSet.FromTimeSeries([0, 10, 1, 11, 2, 12, 3, 13, 4, 14], columns: 2, context: 2, horizon: 2, target: 1);
        Assert.Equal((2, 4, 2), (data.Count, data.FeatureLength, data.TargetLength));
        Assert.Equal([0, 10, 1, 11, 1, 11, 2, 12], data.Features(0, 2));
        Assert.Equal([12, 13, 13, 14], data.Targets(0, 2));
        Assert.Throws<ArgumentException>(() => DataSet.FromTimeSeries([1, 2, 3], 1, 2, 2));
        Assert.Throws<ArgumentException>(() => DataSet.FromTimeSeries([1, 2, 3], 2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSet.FromTimeSeries([1, 2, 3], 1, 1, 1, target: 1));
    }
}
