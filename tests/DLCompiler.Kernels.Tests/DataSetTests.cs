using System;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Kernels.Tests;

public sealed class DataSetTests
{
    private static readonly DataSet Ten = DataSet.Create([.. Enumerable.Range(0, 40).Select(i => (float)i)], [2, 2], [.. Enumerable.Range(0, 10)]);

    [Fact]
    public void PartsAreInPlace()
    {
        Assert.Equal((10, 4), (Ten.Count, Ten.FeatureLength));
        Assert.Equal([12f, 13, 14, 15, 16, 17, 18, 19], Ten.Features(3, 2).ToArray());
        Assert.True(Ten.Features(0, 10)[4..8] == Ten.Features(1, 1));
        var slice = Ten.Slice(2, 5);
        Assert.True(slice.Features(1, 2) == Ten.Features(3, 2));
        Assert.Equal([3, 4], slice.Labels(1, 2).ToArray());
        Assert.Equal(4, Ten.Take(4).Count);
        Assert.Equal(10, Ten.Take(99).Count);
        Assert.Equal([2f, 3f], DataSet.Create([1f, 2, 3], [1], [9, 8, 7f], []).Slice(1, 2).Features(0, 2).ToArray());
    }

    [Fact]
    public void ChosenSamplesAreCopied()
    {
        var features = new float[8];
        var labels = new int[2];
        Ten.CopyFeatures([7, 0], features);
        Ten.CopyLabels([7, 0], labels);
        Assert.Equal([28f, 29, 30, 31, 0, 1, 2, 3], features);
        Assert.Equal([7, 0], labels);
        Assert.Throws<ArgumentException>(() => Ten.CopyFeatures([1, 2, 3], new float[11]));
        Assert.ThrowsAny<ArgumentException>(() => Ten.CopyFeatures([10], new float[4]));
    }

    [Fact]
    public void IdsAndTargets()
    {
        var data = DataSet.Create([1, 2, 3, 4, 5, 6], [3], [0.5f, 1, 1.5f, 2], [2]).Select([1]);
        Assert.True(data.HasIds && data.HasTargets && !data.HasLabels);
        Assert.Equal([4, 5, 6], data.Ids(0, 1).ToArray());
        Assert.Equal([1.5f, 2], data.Targets(0, 1).ToArray());
        Assert.Throws<InvalidOperationException>(() => data.Features(0, 1).Length);
        Assert.Throws<InvalidOperationException>(() => data.Labels(0, 1).Length);
        Assert.Throws<InvalidOperationException>(() => Ten.Targets(0, 1).Length);
        Assert.Equal([5, 6], DataSet.Create([5, 6], [1], [0, 1]).Ids(0, 2).ToArray());
    }

    [Fact]
    public void ShufflingAndSplittingLoseNothingAndFollowTheSeed()
    {
        int[] shuffled = Ten.Shuffle(3).Labels(0, 10).ToArray();
        Assert.Equal(shuffled, Ten.Shuffle(3).Labels(0, 10).ToArray());
        Assert.NotEqual(shuffled, Ten.Shuffle(4).Labels(0, 10).ToArray());
        Assert.Equal(Enumerable.Range(0, 10), shuffled.Order());

        var (first, second) = Ten.Split(0.7, 5);
        Assert.Equal((7, 3), (first.Count, second.Count));
        Assert.Equal(Enumerable.Range(0, 10), first.Labels(0, 7).ToArray().Concat(second.Labels(0, 3).ToArray()).Order());
        for (int i = 0; i < 7; i++) Assert.Equal(4 * first.Labels(i, 1)[0], first.Features(i, 1)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ten.Split(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ten.Split(1.01, 1));
    }

    // Computed by another implementation: the same on every platform and in every version.
    [Fact]
    public void TheOrderOfASeedIsFixed() => Assert.Equal([0, 7, 2, 5, 1, 4, 9, 3, 6, 8], Ten.Shuffle(1).Labels(0, 10).ToArray());

    [Fact]
    public void EveryPositionIsEquallyLikely()
    {
        var counts = new int[10];
        for (ulong seed = 0; seed < 5000; seed++) counts[Ten.Shuffle(seed).Labels(0, 1)[0]]++;

        // Five standard deviations of 5000 draws with probability 0.1.
        Assert.All(counts, count => Assert.InRange(count, 500 - 106, 500 + 106));
    }

    [Fact]
    public void WrongSizesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => DataSet.Create([1f, 2, 3], [2], [0]));
        Assert.Throws<ArgumentException>(() => DataSet.Create([1f, 2, 3, 4], [2], [0]));
        Assert.Throws<ArgumentException>(() => DataSet.Create([1f, 2, 3, 4], [2], [0, -1]));
        Assert.Throws<ArgumentException>(() => DataSet.Create([1f, 2, 3, 4], [0], [0, 1]));
        Assert.Throws<ArgumentException>(() => DataSet.Create([1f, 2, 3, 4], [2], [1f, 2, 3], [2]));
        Assert.ThrowsAny<ArgumentException>(() => Ten.Slice(8, 3));
        Assert.ThrowsAny<ArgumentException>(() => Ten.Features(8, 3).Length);

        // 2³² elements a sample, which is 0 in 32 bits.
        Assert.Contains("larger than an array", Assert.Throws<ArgumentException>(() => DataSet.Create([], [65536, 65536])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DataSet.Create([1f], [1], [], [65536, 65536]));
        Assert.Throws<ArgumentNullException>(() => DataSet.Create([1f], null!));
        Assert.Throws<ArgumentNullException>(() => Ten.WithNames(null!, []));
    }

    [Theory]
    [InlineData(-1, 1, "first", 10)]
    [InlineData(11, 0, "first", 10)]
    [InlineData(8, 3, "count", 2)]
    [InlineData(8, -1, "count", 2)]
    [InlineData(8, int.MaxValue, "count", 2)]
    [InlineData(int.MaxValue, int.MaxValue, "first", 10)]
    public void PartsThatAreNotInTheDataSetAreRefused(int first, int count, string parameter, int most)
    {
        foreach (var part in new Action[] { () => Ten.Features(first, count), () => Ten.Labels(first, count), () => Ten.Slice(first, count) })
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(part);
            Assert.Equal((parameter, (object)(parameter == "first" ? first : count)), (exception.ParamName, exception.ActualValue));
            Assert.Contains($"from 0 to {most} is possible.", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-1)]
    [InlineData(1 << 30)] // Four elements a sample: the first of this one's would be 0 in 32 bits.
    public void IndicesOfNoSampleAreRefused(int index)
    {
        foreach (var copy in new Action[]
        {
            () => Ten.CopyFeatures([3, index], new float[8]), () => Ten.CopyLabels([3, index], new int[2]), () => Ten.Select([3, index]),
        })
        {
            var exception = Assert.Throws<ArgumentException>(copy);
            Assert.StartsWith($"Index 1 is {index}, and the data set has 10 samples.", exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => Ten.Take(0).CopyLabels([0], new int[1]));
    }

    [Fact]
    public void NumbersOfDigitsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Load(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Load(0, int.MaxValue));
        Assert.Equal(0, Digits.Load(0, 0).Train.Count);
    }
}
