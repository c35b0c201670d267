using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Generation;
using Xunit;

namespace DLCompiler.Runtime.Tests.Generation;

/// <summary>Beam search against every sequence there is, and against greedy.</summary>
public sealed class BeamSearchTests
{
    [Fact]
    public void One_beam_is_greedy()
    {
        for (int start = 0; start < 30; start++)
        {
            var options = new GenerationOptions { Temperature = 0, MaximumTokens = 12, StopTokens = [0] };
            var found = new TableModel(30).Search([start], new BeamSearchOptions { Beams = 1, MaximumTokens = 12, StopTokens = [0] });
            Assert.Equal(new TableModel(30).Generate([start], options), Assert.Single(found).Tokens);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(1.5)]
    public void Enough_beams_find_the_best_of_all_sequences(double alpha)
    {
        const int vocabulary = 4, longest = 4;
        for (int start = 0; start < vocabulary; start++)
        {
            var best = All([start], 0, longest, alpha).OrderByDescending(one => one.Score).First();
            var found = new TableModel(vocabulary).Search([start], new BeamSearchOptions { Beams = 300, MaximumTokens = longest, StopTokens = [0], LengthPenalty = alpha });
            var ended = found.Where(one => one.IsFinished).OrderByDescending(one => one.Score).First();
            Assert.Equal(best.Score, ended.Score, 1e-9);
            Assert.Equal(best.Tokens, ended.Tokens);
            Assert.Equal(ended.LogProbability / Math.Pow((5 + ended.Tokens.Count + 1) / 6.0, alpha), ended.Score, 1e-12);
        }
    }

    [Fact]
    public void Models_with_and_without_memory_find_the_same()
    {
        var options = new BeamSearchOptions { Beams = 5, MaximumTokens = 15, StopTokens = [0, 1], RepetitionPenalty = 1.2, BannedTokens = [3], MinimumTokens = 4 };
        var cached = new TableModel(12).Search([7, 8], options);
        var plain = TableModel.Plain(12).Search([7, 8], options);
        Assert.Equal(cached.Select(one => (string.Join(' ', one.Tokens), one.Score, one.IsFinished)), plain.Select(one => (string.Join(' ', one.Tokens), one.Score, one.IsFinished)));
        Assert.Equal(5, cached.Count);
        Assert.All(cached, one => Assert.DoesNotContain(3, one.Tokens));
        Assert.All(cached, one => Assert.InRange(one.Tokens.Count, 4, 15));
        Assert.Equal(cached.Where(one => one.IsFinished).OrderByDescending(one => one.Score), cached.Where(one => one.IsFinished));
    }

    [Fact]
    public void Log_probabilities_are_those_of_the_model()
    {
        var found = new TableModel(10).Search([4], new BeamSearchOptions { Beams = 3, MaximumTokens = 6, StopTokens = [2] });
        foreach (var one in found)
        {
            int[] tokens = one.IsFinished ? [.. one.Tokens, 2] : [.. one.Tokens];
            Assert.Equal(LogProbability([4], tokens, 10), one.LogProbability, 1e-9);
        }
    }

    [Fact]
    public void Search_ends_where_it_is_cancelled_and_refuses_options_out_of_range()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new TableModel(5).Search([1], new BeamSearchOptions(), source.Token));
        BeamSearchOptions[] wrong =
            [new() { Beams = 0 }, new() { MaximumTokens = 0 }, new() { MinimumTokens = -1 }, new() { LengthPenalty = -1 }, new() { RepetitionPenalty = 0 }, new() { StopTokens = [5] }];
        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => new TableModel(5).Search([1], options)));
        Assert.Throws<ArgumentException>(() => new TableModel(5, maximumLength: 3).Search([1], new BeamSearchOptions()));
    }

    private static IEnumerable<(int[] Tokens, double Score)> All(int[] prompt, int length, int longest, double alpha)
    {
        yield return ([.. prompt[1..]], LogProbability(prompt[..1], [.. prompt[1..], 0], 4) / Math.Pow((5 + length + 1) / 6.0, alpha));
        if (length + 1 == longest) yield break;
        for (int token = 1; token < 4; token++)
            foreach (var one in All([.. prompt, token], length + 1, longest, alpha)) yield return one;
    }

    private static double LogProbability(int[] prompt, int[] tokens, int vocabulary)
    {
        double sum = 0;
        var logits = new float[vocabulary];
        foreach (int token in tokens)
        {
            TableModel.Scores(TableModel.State(prompt), logits);
            sum += logits[token] - Math.Log(logits.Sum(one => Math.Exp(one)));
            prompt = [.. prompt, token];
        }

        return sum;
    }
}
