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

    [Fact]
    public void DistancesOfAlibiGoOn()
    {
        using var model = new ContinuedAlibi { Seed = 3 };
        using CachedModel next = model.NextTokens();
        Compare(next, (ids, length) => model.Predict(ids, length));
    }

    [Fact]
    public void PromptsOfDifferentLengthsGoOnTogether()
    {
        using var lstm = new ContinuedLstm { Seed = 3 };
        using var gpt = new ContinuedGpt { Seed = 3 };
        using var mixture = new ContinuedMixture { Seed = 3 };
        using var alibi = new ContinuedAlibi { Seed = 3 };
        Together(lstm.NextTokens(), (ids, length) => lstm.Predict(ids, length));
        Together(gpt.NextTokens(), (ids, length) => gpt.Predict(ids, length));
        Together(mixture.NextTokens(), (ids, length) => mixture.Predict(ids, length));
        Together(alibi.NextTokens(), (ids, length) => alibi.Predict(ids, length));
    }

    // Each row has the scores of its own sequence, also when they change their order.
    private static void Together(CachedModel next, Whole whole)
    {
        int[][] rows = [[3, 1, 4, 1, 5, 9], [2], [7, 1, 8, 2], [5, 5], [2, 7, 1, 8], [6, 6, 6, 6, 6, 6, 6, 6, 6, 6]];
        int size = rows.Max(row => row.Length);
        float[] scores = new float[rows.Length * Tokens];
        next.Start([.. rows.SelectMany(row => row.Concat(Enumerable.Repeat(99, size - row.Length)))], [.. rows.Select(row => row.Length)], scores);
        Assert.Equal(rows.Select(row => row.Length), next.Lengths.ToArray());
        Check();
        for (int step = 0; step < 6; step++)
        {
            int[] order = step switch { 2 => [4, 1, 5, 0, 1], 4 => [0, 4, 2, 3], _ => [.. Enumerable.Range(0, rows.Length)] };
            next.Reorder(order);
            rows = [.. order.Select(row => rows[row].Append((step + (row * 3)) % Tokens).ToArray())];
            scores = new float[rows.Length * Tokens];
            next.Step([.. rows.Select(row => row[^1])], scores);
            Check();
        }

        next.Dispose();

        void Check() => Near([.. rows.SelectMany(row => Last(whole, [row]))], scores);
    }

    [Fact]
    public void BatchesAreWhatEachPromptGivesAlone()
    {
        using var model = new ContinuedGpt { Seed = 3 };
        using CachedModel next = model.NextTokens();
        int[][] prompts = [[3, 1, 4], [2], [7, 1, 8, 2], [5, 5], [9, 9, 9]];
        foreach (double temperature in new[] { 0, 1.5 })
        {
            var options = new GenerationOptions { MaximumTokens = 12, Temperature = temperature, StopTokens = [2, 6], Seed = 7 };
            int[][] together = next.GenerateBatch(prompts, options);
            for (int row = 0; row < prompts.Length; row++)
            {
                var own = new GenerationOptions { MaximumTokens = 12, Temperature = temperature, StopTokens = [2, 6], Seed = 7 + (ulong)row };
                Assert.Equal([.. next.Generate(prompts[row], own)], together[row]);
            }
        }

        Assert.Contains("no prompt", Assert.Throws<ArgumentException>(() => next.GenerateBatch([])).Message, StringComparison.Ordinal);
        float[] scores = new float[2 * Tokens];
        Assert.Contains("Prompt 1 has 0", Assert.Throws<ArgumentException>(() => next.Start([1, 2, 3, 4], [2, 0], scores)).Message, StringComparison.Ordinal);
        Assert.Contains("whole rows", Assert.Throws<ArgumentException>(() => next.Start([1, 2, 3], [1, 1], scores)).Message, StringComparison.Ordinal);
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
