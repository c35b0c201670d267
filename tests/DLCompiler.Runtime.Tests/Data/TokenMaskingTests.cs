using System;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>BERT's masking: shares, what is kept, and the same for the same numbers.</summary>
public sealed class TokenMaskingTests
{
    private const int Vocabulary = 50, Mask = 49, Padding = 0;

    [Fact]
    public void Shares_are_berts()
    {
        int[] tokens = [.. Enumerable.Range(0, 100_000).Select(i => i % 40)];
        int[] inputs = new int[tokens.Length], labels = new int[tokens.Length];
        int chosen = new TokenMasking(Vocabulary, Mask, [Padding]) { Seed = 1 }.Apply(tokens, 5, inputs, labels);
        Assert.Equal(labels.Count(label => label >= 0), chosen);
        int masked = 0, random = 0, same = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (labels[i] == -100)
            {
                Assert.Equal(tokens[i], inputs[i]);
                continue;
            }

            Assert.Equal(tokens[i], labels[i]);
            Assert.NotEqual(Padding, tokens[i]);
            if (inputs[i] == Mask) masked++;
            else if (inputs[i] != tokens[i]) random++;
            else same++;
            Assert.NotEqual(Padding, inputs[i]);
        }

        // Of 97,500 tokens that may be chosen; four standard deviations. A random token is the same one in 48.
        Assert.InRange(chosen, 14_625 - 446, 14_625 + 446);
        Assert.InRange((double)masked / chosen, 0.787, 0.813);
        Assert.InRange((double)random / chosen, 0.088, 0.108);
        Assert.InRange((double)same / chosen, 0.092, 0.112);
    }

    [Fact]
    public void Masks_follow_from_seed_and_number()
    {
        int[] tokens = [.. Enumerable.Range(1, 40)];
        int[] Labels(ulong seed, long number)
        {
            int[] inputs = new int[40], labels = new int[40];
            new TokenMasking(Vocabulary, Mask) { Seed = seed, Probability = 0.5, IgnoreLabel = -1 }.Apply(tokens, number, inputs, labels);
            return [.. labels, .. inputs];
        }

        Assert.Equal(Labels(1, 2), Labels(1, 2));
        Assert.NotEqual(Labels(1, 2), Labels(1, 3));
        Assert.NotEqual(Labels(1, 2), Labels(2, 2));
        Assert.Contains(-1, Labels(1, 2));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var masking = new TokenMasking(3, 2);
        Assert.Throws<ArgumentException>(() => masking.Apply([0, 1], 0, new int[1], new int[2]));
        Assert.Contains("Token 1 is 3", Assert.Throws<ArgumentException>(() => masking.Apply([0, 3], 0, new int[2], new int[2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TokenMasking(2, 1, [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenMasking(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenMasking(3, 2) { Probability = 2 });
    }
}
