using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using DLCompiler.Generation;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Models with an encoder that continue sequences token by token: the same scores as of whole sequences.</summary>
public sealed class SourceGenerationTests
{
    private const int Tokens = 11;

    private static readonly int[][] Sources = [[1, 5, 12, 3], [7], [2, 2, 9], [0, 11, 4, 6, 8, 3, 10, 1, 5]];

    // Scores after each step, for sources that are padded to one size.
    private delegate float[] Whole(int[] source, int[] lengths, int size, ReadOnlySpan<int> ids, int length);

    private delegate CachedModel Read(int[] source, int[] lengths, int size, CachedModel? reuse);

    [Fact]
    public void KeysAndValuesOfTheEncoderAreRemembered()
    {
        using var model = new ContinuedTransformer { Seed = 3 };
        Compare((source, lengths, size, reuse) => model.NextTokens(source, lengths, size, reuse),
            (source, lengths, size, ids, length) => model.Predict(source, lengths, ids, size, length), Sources);
    }

    [Fact]
    public void StatesOfTheEncoderAreRemembered()
    {
        using var model = new ContinuedGruTranslator { Seed = 3 };
        Compare((source, lengths, size, reuse) => model.NextTokens(source, lengths, Mask(lengths, size), size, reuse),
            (source, lengths, size, ids, length) => model.Predict(source, lengths, ids, Mask(lengths, size), size, length), Sources);
    }

    [Fact]
    public void WhatAScanReadsIsRemembered()
    {
        using var model = new ContinuedScanTranslator { Seed = 3 };
        Compare((source, _, size, reuse) => model.NextTokens(source, size, reuse),
            (source, _, size, ids, length) => model.Predict(source, ids, size, length), [.. Sources.Select(source => source.Concat(source).Take(4).ToArray())]);
    }

    [Fact]
    public void BeamsShareTheSource()
    {
        using var model = new ContinuedTransformer { Seed = 5 };
        var options = new BeamSearchOptions { Beams = 4, MaximumTokens = 9, StopTokens = [2] };
        CachedModel? next = null;
        foreach (int[] source in Sources)
        {
            next = model.NextTokens(source, [source.Length], source.Length, next);
            var found = next.Search([1], options);
            var expected = Prefixes(model, source).Search([1], options);
            Assert.Equal(expected.Select(one => string.Join(' ', one.Tokens)), found.Select(one => string.Join(' ', one.Tokens)));
            foreach (var (one, other) in expected.Zip(found)) Assert.Equal(one.Score, other.Score, 1e-4);

            // Again, from the same source.
            Assert.Equal(found.Select(one => one.LogProbability), next.Search([1], options).Select(one => one.LogProbability));
            var drawn = new GenerationOptions { MaximumTokens = 9, Temperature = 0.7, TopK = 5, Seed = 4 };
            Assert.Equal([.. Prefixes(model, source).Generate([1], drawn)], [.. next.Generate([1], drawn)]);
        }

        next!.Dispose();
    }

    [Fact]
    public void SourcesOfDifferentLengthsStandInOneBatch()
    {
        using var model = new ContinuedTransformer { Seed = 5 };
        var (ids, lengths, size) = Padded(Sources);
        using CachedModel together = model.NextTokens(ids, lengths, size);
        Assert.Equal(4, together.Sequences);
        float[] all = new float[4 * Tokens], one = new float[Tokens];
        together.Start([1, 6], all);
        together.Step([3, 4, 5, 6], all);
        for (int row = 0; row < 4; row++)
        {
            using CachedModel alone = model.NextTokens(Sources[row], [Sources[row].Length], Sources[row].Length);
            alone.Start([1, 6], one);
            alone.Step([3 + row], one);
            Near(one, all.AsSpan(row * Tokens, Tokens).ToArray());
        }
    }

    [Fact]
    public void EachSourceHasAPromptOfItsOwn()
    {
        using var model = new ContinuedTransformer { Seed = 5 };
        var (ids, lengths, size) = Padded(Sources);
        using CachedModel together = model.NextTokens(ids, lengths, size);
        int[][] prompts = [[1], [1, 2, 3], [1, 2], [4]];
        var options = new GenerationOptions { MaximumTokens = 9, Temperature = 0, StopTokens = [2, 7] };
        int[][] written = together.GenerateBatch(prompts, options);
        for (int row = 0; row < 4; row++)
        {
            using CachedModel alone = model.NextTokens(Sources[row], [Sources[row].Length], Sources[row].Length);
            Assert.Equal([.. alone.Generate(prompts[row], options)], written[row]);
        }

        Assert.Contains("4 samples", Assert.Throws<ArgumentException>(() => together.GenerateBatch([[1]], options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongCallsAreExplained()
    {
        using var model = new ContinuedTransformer { Seed = 3 };
        using var other = new ContinuedTransformer { Seed = 3 };
        Assert.Contains("no sample", Assert.Throws<ArgumentException>(() => model.NextTokens([], [], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("13", Assert.Throws<ArgumentException>(() => model.NextTokens([13], [1], 1)).Message, StringComparison.Ordinal);
        using CachedModel next = model.NextTokens([1, 2, 3, 4], [2, 2], 2);
        Assert.Contains("another model", Assert.Throws<ArgumentException>(() => other.NextTokens([1], [1], 1, next)).Message, StringComparison.Ordinal);
        Assert.Contains("Call Start", Assert.Throws<InvalidOperationException>(() => next.Reorder([0])).Message, StringComparison.Ordinal);
        Assert.Contains("2 samples", Assert.Throws<ArgumentException>(() => next.Generate([1], new GenerationOptions { MaximumTokens = 4 }).First()).Message,
            StringComparison.Ordinal);
    }

    // A prompt for each source, then token by token; others in their place; then other sources in the same memory.
    private static void Compare(Read read, Whole whole, int[][] sources)
    {
        CachedModel? next = null;
        int[][][] batches = [sources, [.. sources.Reverse().Take(2)], [.. Enumerable.Range(0, 19).Select(row => sources[row % sources.Length])]];
        foreach (int[][] batch in batches)
        {
            var (ids, lengths, size) = Padded(batch);
            next = read(ids, lengths, size, next);
            for (int time = 0; time < 2; time++)
            {
                int[] chosen = [.. Enumerable.Range(0, batch.Length)];
                int[][] rows = [.. chosen.Select(_ => new[] { 3, 1, 4 })];
                float[] scores = new float[rows.Length * Tokens];
                next.Start([3, 1, 4], scores);
                Check();
                for (int step = 0; step < 5; step++)
                {
                    int[] order = [.. Enumerable.Range(0, Math.Max(1, rows.Length + (step % 3) - 1)).Select(row => (row * (step + 2)) % rows.Length)];
                    next.Reorder(order);
                    chosen = [.. order.Select(row => chosen[row])];
                    int[] tokens = [.. order.Select((_, row) => (row * 3 + step) % Tokens)];
                    rows = [.. order.Select((row, index) => rows[row].Append(tokens[index]).ToArray())];
                    scores = new float[rows.Length * Tokens];
                    next.Step(tokens, scores);
                    Check();
                }

                void Check()
                {
                    int length = rows[0].Length;
                    float[] all = whole([.. chosen.SelectMany(row => ids.AsSpan(row * size, size).ToArray())], [.. chosen.Select(row => lengths[row])], size,
                        rows.SelectMany(row => row).ToArray(), length);
                    Near([.. Enumerable.Range(0, rows.Length).SelectMany(row => all.AsSpan((((row + 1) * length) - 1) * Tokens, Tokens).ToArray())], scores);
                }
            }
        }

        next!.Dispose();
    }

    private static PrefixModel Prefixes(ContinuedTransformer model, int[] source) => PrefixModel.OfSteps(Tokens, (ids, length) =>
    {
        int rows = ids.Length / length;
        int[] repeated = [.. Enumerable.Repeat(source, rows).SelectMany(one => one)], lengths = [.. Enumerable.Repeat(source.Length, rows)];
        return model.Predict(repeated, lengths, ids, source.Length, length);
    }, 20);

    private static (int[] Ids, int[] Lengths, int Size) Padded(int[][] sources)
    {
        int size = sources.Max(source => source.Length);
        return ([.. sources.SelectMany(source => source.Concat(Enumerable.Repeat(12, size - source.Length)))], [.. sources.Select(source => source.Length)],
            size);
    }

    private static float[] Mask(int[] lengths, int size) =>
        [.. lengths.SelectMany(length => Enumerable.Range(0, size).Select(place => place < length ? 1f : 0f))];

    private static void Near(IReadOnlyList<float> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
    }
}
