using System;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Pairs of words: distances, negatives and thinning have the frequencies of word2vec.</summary>
public sealed class SkipGramsTests
{
    [Fact]
    public void Neighbours_are_as_likely_as_windows_make_them()
    {
        // Each place has a word of its own, so that a pair shows its distance.
        int[] tokens = [.. Enumerable.Range(0, 5_000)];
        var pairs = new SkipGrams(tokens, 5_000, new SkipGramOptions { BatchSize = 30_000, Window = 3, Negatives = 1, Threshold = 0, Seed = 1 });
        Assert.Equal(5_000, pairs.Count);
        pairs.Draw(4);
        var distances = new int[4];
        int after = 0;
        for (int i = 0; i < 30_000; i++)
        {
            int difference = pairs.Contexts[2 * i] - pairs.Centers[i];
            distances[Math.Abs(difference)]++;
            if (difference > 0) after++;
        }

        // A window of 1, 2 or 3 has the distances 1; 1, 2; 1, 2, 3: three, two and one of six.
        Assert.Equal(0, distances[0]);
        Assert.InRange(distances[1], 15_000 - 350, 15_000 + 350);
        Assert.InRange(distances[2], 10_000 - 330, 10_000 + 330);
        Assert.InRange(distances[3], 5_000 - 260, 5_000 + 260);
        Assert.InRange(after, 15_000 - 350, 15_000 + 350);
    }

    [Fact]
    public void Negatives_are_drawn_by_counts_and_are_not_the_neighbour()
    {
        // Word 0 sixteen times as often as each other: 8 to 1 with the power 0.75.
        int[] tokens = [.. Enumerable.Range(0, 2_400).Select(i => i % 24 < 16 ? 0 : i % 24 - 15)];
        var pairs = new SkipGrams(tokens, 9, new SkipGramOptions { BatchSize = 4_000, Window = 2, Negatives = 5, Threshold = 0 });
        pairs.Draw(0);
        int zeros = 0, all = 0;
        for (int i = 0; i < 4_000; i++)
        {
            int[] row = pairs.Contexts.Slice(6 * i, 6).ToArray();
            // Of eight draws more than half are word 0, so that it may stay where it is the neighbour.
            if (row[0] == 0) continue;
            Assert.DoesNotContain(row[0], row[1..]);
            // Without the neighbour, 8 of 15 are word 0.
            zeros += row[1..].Count(one => one == 0);
            all += 5;
        }

        Assert.InRange((double)zeros / all, 8 / 15.0 - 0.03, 8 / 15.0 + 0.03);
    }

    [Fact]
    public void Frequent_words_are_thinned_out()
    {
        int[] tokens = [.. Enumerable.Range(0, 100_000).Select(i => i % 2 == 0 ? 0 : i / 2 % 50 + 1)];
        var pairs = new SkipGrams(tokens, 51, new SkipGramOptions { Threshold = 0.01 });
        // Word 0 with the share 0.5 stays with √0.02 + 0.02; the others, 0.01 each, all stay.
        double expected = 50_000 * (Math.Sqrt(0.02) + 0.02) + 50_000;
        Assert.InRange(pairs.Count, expected - 350, expected + 350);
    }

    [Fact]
    public void Batches_follow_from_seed_and_number()
    {
        int[] tokens = [.. Enumerable.Range(0, 500).Select(i => i * i % 31)];
        int[] Batch(ulong seed, long number)
        {
            var pairs = new SkipGrams(tokens, 31, new SkipGramOptions { BatchSize = 16, Seed = seed, Threshold = 0 });
            pairs.Draw(number);
            return [.. pairs.Centers, .. pairs.Contexts];
        }

        Assert.Equal(Batch(1, 9), Batch(1, 9));
        Assert.NotEqual(Batch(1, 9), Batch(1, 8));
        Assert.NotEqual(Batch(1, 9), Batch(2, 9));
    }

    [Fact]
    public void Short_texts_work_and_empty_ones_are_refused()
    {
        var pairs = new SkipGrams([0, 1], 2, new SkipGramOptions { Threshold = 0, Window = 5 });
        pairs.Draw(0);
        for (int i = 0; i < 256; i++) Assert.Equal(1 - pairs.Centers[i], pairs.Contexts[6 * i]);
        Assert.Throws<ArgumentException>(() => new SkipGrams([0], 2));
        Assert.Throws<ArgumentException>(() => new SkipGrams([0, 2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SkipGrams([0, 1], 2, new SkipGramOptions { Window = 0 }));
    }
}
