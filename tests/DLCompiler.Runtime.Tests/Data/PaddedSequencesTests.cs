using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Batches of sequences of different lengths.</summary>
public sealed class PaddedSequencesTests
{
    [Fact]
    public void Batches_are_filled_up_to_their_longest()
    {
        var sequences = new PaddedSequences([[1], [2, 3, 4], [5, 6]], padding: 9);
        sequences.Gather([2, 0]);
        Assert.Equal((2, 2), (sequences.Rows, sequences.Length));
        Assert.Equal([5, 6, 1, 9], sequences.Ids);
        Assert.Equal([2, 1], sequences.Lengths);
        Assert.Equal([1, 1, 1, 0], sequences.Mask);
        sequences.Gather([0, 1, 2]);
        Assert.Equal([1, 9, 9, 2, 3, 4, 5, 6, 9], sequences.Ids);
        Assert.Equal([1, 0, 0, 1, 1, 1, 1, 1, 0], sequences.Mask);
        sequences.Gather([0]);
        Assert.Equal([1], sequences.Ids);
        Assert.Throws<ArgumentException>(() => sequences.Gather([3]));
    }

    [Fact]
    public void Nothing_is_cut()
    {
        Assert.Contains("Sequence 1 is empty", Assert.Throws<ArgumentException>(() => new PaddedSequences([[1], []], 0)).Message, StringComparison.Ordinal);
        Assert.Contains("Sequence 0 has 3 tokens, more than the 2", Assert.Throws<ArgumentException>(() => new PaddedSequences([[1, 2, 3]], 0, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PaddedSequences([], 0));
        var sequences = new PaddedSequences([[1], [2, 3]], padding: 0);
        Assert.Equal([1, 0, 0, 2, 3, 0], sequences.ToDataSet([0, 1], length: 3).Ids(0, 2));
        Assert.Equal(2, sequences.ToDataSet([0, 1]).FeatureLength);
        Assert.Throws<ArgumentException>(() => sequences.ToDataSet([0, 1], length: 1));
    }

    [Fact]
    public void Each_epoch_has_each_sample_once_in_another_order()
    {
        int[] lengths = [.. Enumerable.Range(0, 103).Select(i => i * 37 % 23 + 1)];
        var order = new BatchOrder(lengths, batchSize: 8, bucketBatches: 4) { Seed = 2 };
        Assert.Equal(13, order.BatchesPerEpoch);
        var epochs = new List<string>();
        for (int epoch = 0; epoch < 3; epoch++)
        {
            int[][] batches = [.. Enumerable.Range(0, 13).Select(batch => order.At(epoch * 13 + batch).ToArray())];
            Assert.Equal(Enumerable.Range(0, 103), batches.SelectMany(batch => batch).Order());
            Assert.Equal(7, batches.Min(batch => batch.Length));
            epochs.Add(string.Join(' ', batches.SelectMany(batch => batch)));
        }

        Assert.Equal(3, epochs.Distinct().Count());
        // A batch asked for alone is the same.
        Assert.Equal(order.At(30).ToArray(), new BatchOrder(lengths, 8, 4) { Seed = 2 }.At(30));
        Assert.NotEqual(order.At(30).ToArray(), new BatchOrder(lengths, 8, 4) { Seed = 3 }.At(30).ToArray());
    }

    [Fact]
    public void Similar_lengths_are_together()
    {
        int[] lengths = [.. Enumerable.Range(0, 1000).Select(i => i * 613 % 97 + 1)];
        int Filled(int buckets)
        {
            var order = new BatchOrder(lengths, 10, buckets);
            return Enumerable.Range(0, order.BatchesPerEpoch).Sum(batch => 10 * order.At(batch).ToArray().Max(sample => lengths[sample])) - lengths.Sum();
        }

        Assert.InRange(Filled(100), 0, Filled(1) / 10);
        Assert.Equal(100, new BatchOrder(1000, 10).BatchesPerEpoch);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchOrder(0, 10));
    }
}
