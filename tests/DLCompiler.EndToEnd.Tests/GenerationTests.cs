using System;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using DLCompiler.Generation;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Models that continue sequences token by token: the same scores as of whole sequences.</summary>
public sealed class GenerationTests
{
    private const int Tokens = 11;

    private delegate float[] Whole(ReadOnlySpan<int> ids, int length);

    [Fact]
    public void StatesOfRecurrentLayersGoOn()
    {
        using var model = new ContinuedLstm { Seed = 3 };
        using CachedModel next = model.NextTokens();
        Compare(next, (ids, length) => model.Predict(ids, length));
    }

    [Fact]
    public void KeysAndValuesOfAttentionAreRemembered()
    {
        using var model = new ContinuedGpt { Seed = 3 };
        using CachedModel next = model.NextTokens();
        Compare(next, (ids, length) => model.Predict(ids, length));
    }

    [Fact]
    public void PositionsCountOn()
    {
        using var model = new ContinuedMixture { Seed = 3 };
        using CachedModel next = model.NextTokens();
        Compare(next, (ids, length) => model.Predict(ids, length));
    }

    // A prompt, then token by token; two sequences that come of it; then others.
    private static void Compare(CachedModel next, Whole whole)
    {
        int[] prompt = [3, 1, 4, 1, 5];
        float[] scores = new float[Tokens];
        next.Start(prompt, scores);
        Near(Last(whole, [prompt]), scores);
        int[][] rows = [prompt];
        next.Reorder([0, 0, 0]);
        rows = [prompt, prompt, prompt];
        scores = new float[3 * Tokens];
        for (int step = 0; step < 6; step++)
        {
            int[] tokens = [step, (step * 3) % Tokens, 7];
            next.Step(tokens, scores);
            rows = [.. rows.Select((row, index) => row.Append(tokens[index]).ToArray())];
            Near(Last(whole, rows), scores);
        }

        next.Reorder([2, 0]);
        rows = [rows[2], rows[0]];
        scores = new float[2 * Tokens];
        next.Step([9, 2], scores);
        rows = [[.. rows[0], 9], [.. rows[1], 2]];
        Near(Last(whole, rows), scores);
        Assert.Equal(12, next.Length);

        // Sixteen and more sequences are other blocks.
        next.Start([2], scores.AsSpan(0, Tokens));
        next.Reorder([.. Enumerable.Repeat(0, 19)]);
        scores = new float[19 * Tokens];
        int[] firsts = [.. Enumerable.Range(0, 19).Select(row => row % Tokens)];
        next.Step(firsts, scores);
        Near(Last(whole, [.. firsts.Select(first => new[] { 2, first })]), scores);
    }

    [Fact]
    public void WrongCallsAreExplained()
    {
        using var model = new ContinuedLstm { Seed = 3 };
        using CachedModel next = model.NextTokens();
        float[] scores = new float[Tokens];
        Assert.Contains("Call Start", Assert.Throws<InvalidOperationException>(() => next.Step([1], scores)).Message, StringComparison.Ordinal);
        Assert.Contains("no token", Assert.Throws<ArgumentException>(() => next.Start([], scores)).Message, StringComparison.Ordinal);
        Assert.Contains("21", Assert.Throws<ArgumentException>(() => next.Start(new int[21], scores)).Message, StringComparison.Ordinal);
        Assert.Contains("11", Assert.Throws<ArgumentException>(() => next.Start([11], scores)).Message, StringComparison.Ordinal);
        next.Start(new int[20], scores);
        Assert.Contains("20 tokens", Assert.Throws<InvalidOperationException>(() => next.Step([1], scores)).Message, StringComparison.Ordinal);
        Assert.Contains("1 sequences", Assert.Throws<ArgumentException>(() => next.Step([1, 2], scores)).Message, StringComparison.Ordinal);
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => next.Reorder([1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TextIsWrittenByIt()
    {
        using var model = new ContinuedLstm { Seed = 3 };
        using CachedModel next = model.NextTokens();
        var options = new GenerationOptions { MaximumTokens = 8, Temperature = 0 };
        int[] cached = [.. next.Generate([1, 2], options)];
        PrefixModel again = PrefixModel.OfSteps(Tokens, (ids, length) => model.Predict(ids, length), 20);
        Assert.Equal([.. again.Generate([1, 2], options)], cached);
    }

    private static float[] Last(Whole whole, int[][] rows)
    {
        int length = rows[0].Length;
        float[] all = whole(rows.SelectMany(row => row).ToArray(), length);
        return [.. Enumerable.Range(0, rows.Length).SelectMany(row => all.AsSpan((((row + 1) * length) - 1) * Tokens, Tokens).ToArray())];
    }

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
    }
}
