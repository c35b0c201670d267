using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Generation;
using Xunit;

namespace DLCompiler.Runtime.Tests.Generation;

/// <summary>The distributions that tokens are drawn from.</summary>
public sealed class TokenSamplerTests
{
    // Probabilities 0.5, 0.25, 0.125, 0.0625, 0.0625.
    private static readonly float[] halves = [.. new[] { 0.5, 0.25, 0.125, 0.0625, 0.0625 }.Select(one => (float)Math.Log(one) + 3)];

    [Theory]
    [InlineData(1, 0, 1, new[] { 0.5, 0.25, 0.125, 0.0625, 0.0625 })]
    [InlineData(0.5, 0, 1, new[] { 64 / 86.0, 16 / 86.0, 4 / 86.0, 1 / 86.0, 1 / 86.0 })]
    [InlineData(1, 2, 1, new[] { 2 / 3.0, 1 / 3.0, 0, 0, 0 })]
    [InlineData(1, 4, 1, new[] { 0.5, 0.25, 0.125, 0.0625, 0.0625 })]
    [InlineData(1, 0, 0.49, new[] { 1.0, 0, 0, 0, 0 })]
    [InlineData(1, 0, 0.6, new[] { 2 / 3.0, 1 / 3.0, 0, 0, 0 })]
    [InlineData(1, 0, 0.93, new[] { 8 / 15.0, 4 / 15.0, 2 / 15.0, 1 / 15.0, 0 })]
    [InlineData(1, 3, 0.8, new[] { 2 / 3.0, 1 / 3.0, 0, 0, 0 })]
    public void Tokens_are_drawn_from_the_distribution(double temperature, int topK, double topP, double[] expected)
    {
        const int draws = 20_000;
        var sampler = new TokenSampler(new GenerationOptions { Temperature = temperature, TopK = topK, TopP = topP, Seed = 5 }, 5);
        var counts = new int[5];
        for (int i = 0; i < draws; i++) counts[sampler.Next(halves, [0], i)]++;
        for (int token = 0; token < 5; token++)
        {
            // Four standard deviations of a count.
            double tolerance = 4 * Math.Sqrt(expected[token] * (1 - expected[token]) / draws);
            Assert.InRange((double)counts[token] / draws, expected[token] - tolerance - 1e-4, expected[token] + tolerance + 1e-4);
        }
    }

    [Fact]
    public void Draws_follow_from_the_seed_and_the_number_of_the_token()
    {
        int[] Draw(ulong seed, bool backwards)
        {
            var sampler = new TokenSampler(new GenerationOptions { Seed = seed, TopP = 0.97 }, 5);
            var order = Enumerable.Range(0, 50);
            return [.. (backwards ? order.Reverse() : order).Select(i => (i, Token: sampler.Next(halves, [1], i))).OrderBy(one => one.i).Select(one => one.Token)];
        }

        Assert.Equal(Draw(1, backwards: false), Draw(1, backwards: true));
        Assert.NotEqual(Draw(1, backwards: false), Draw(2, backwards: false));
    }

    [Fact]
    public void Temperature_zero_takes_the_largest_and_of_equals_the_first()
    {
        var sampler = new TokenSampler(new GenerationOptions { Temperature = 0 }, 4);
        Assert.Equal(1, sampler.Next([-3, 2, 2, 1], [0], 0));
        Assert.Equal(3, sampler.Next([float.NegativeInfinity, -9, -8, -7], [0], 0));
    }

    [Fact]
    public void The_repetition_penalty_is_ctrls()
    {
        // transformers' RepetitionPenaltyLogitsProcessor(2): 4 → 2 and −1 → −2 for tokens of the sequence, each once.
        var sampler = new TokenSampler(new GenerationOptions { Temperature = 0, RepetitionPenalty = 2 }, 3);
        Assert.Equal(1, sampler.Next([4, 2.1f, -9], [0, 0], 0));
        Assert.Equal(0, sampler.Next([4, 1.9f, -9], [0, 0], 0));
        Assert.Equal(2, sampler.Next([-1, -1, -1.9f], [0, 1], 0));
        Assert.Equal(0, sampler.Next([-1, -1, -2.1f], [0, 1], 0));
        Assert.Equal(0, sampler.Next([4, 2.1f, -9], [1], 0));
    }

    [Fact]
    public void Banned_tokens_never_come_and_stop_tokens_not_too_early()
    {
        var options = new GenerationOptions { Temperature = 0, BannedTokens = [0], StopTokens = [1], MinimumTokens = 2 };
        var sampler = new TokenSampler(options, 3);
        Assert.Equal([2, 2, 1], Enumerable.Range(0, 3).Select(generated => sampler.Next([9, 5, 1], [0], generated)));
    }

    [Fact]
    public void Top_k_takes_the_k_largest_of_any_scores()
    {
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            int size = random.Next(2, 60), k = random.Next(1, size);
            float[] logits = [.. Enumerable.Range(0, size).Select(_ => (float)random.Next(30) / 10)];
            double smallest = logits.OrderDescending().ElementAt(k - 1);
            var sampler = new TokenSampler(new GenerationOptions { TopK = k, Temperature = 50, Seed = (ulong)round }, size);
            var seen = new HashSet<int>(Enumerable.Range(0, 40).Select(i => sampler.Next(logits, [0], i)));
            Assert.All(seen, token => Assert.True(logits[token] >= smallest));
        }
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_refused()
    {
        var sampler = new TokenSampler(new GenerationOptions(), 2);
        var exception = Assert.Throws<InvalidOperationException>(() => sampler.Next([0, float.NaN], [0], 0));
        Assert.StartsWith("The model's score of token 1 is NaN", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => sampler.Next([float.PositiveInfinity, 0], [0], 0));
        Assert.Throws<InvalidOperationException>(() => sampler.Next([float.NegativeInfinity, float.NegativeInfinity], [0], 0));
        Assert.Throws<ArgumentException>(() => sampler.Next([0], [0], 0));
        Assert.Throws<ArgumentException>(() => sampler.Next([0, 0], [2], 0));
        Assert.Throws<InvalidOperationException>(() => new TokenSampler(new GenerationOptions { BannedTokens = [0, 1] }, 2).Next([0, 0], [0], 0));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        GenerationOptions[] wrong =
        [
            new() { Temperature = -1 }, new() { Temperature = double.NaN }, new() { TopK = -1 }, new() { TopP = 0 }, new() { TopP = 1.1 },
            new() { RepetitionPenalty = 0 }, new() { MaximumTokens = -1 }, new() { MinimumTokens = -1 }, new() { StopTokens = [3] }, new() { BannedTokens = [-1] },
        ];
        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(options, 3)));
    }
}
