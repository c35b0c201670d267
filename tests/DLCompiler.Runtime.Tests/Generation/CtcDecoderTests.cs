using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Generation;
using Xunit;

namespace DLCompiler.Runtime.Tests.Generation;

/// <summary>CTC decoders against all paths there are.</summary>
public sealed class CtcDecoderTests
{
    [Fact]
    public void Greedy_takes_the_best_class_of_each_step_once()
    {
        // a a blank a b b blank
        Assert.Equal([1, 1, 2], CtcDecoder.Greedy(Path([1, 1, 0, 1, 2, 2, 0], 3), 3));
        Assert.Equal([0, 0, 1], CtcDecoder.Greedy(Path([0, 0, 2, 0, 1, 1, 2], 3), 3, blank: 2));
        Assert.Empty(CtcDecoder.Greedy(Path([0, 0], 3), 3));
        Assert.Empty(CtcDecoder.Greedy([], 3));
    }

    [Fact]
    public void The_likeliest_labels_are_not_always_the_likeliest_path()
    {
        // Graves et al. 2006, figure 2 in words: the best path is blank blank, 0.36, but label 1 has 0.16 + 2·0.24 = 0.64.
        float[] scores = [.. new[] { 0.6, 0.4, 0.6, 0.4 }.Select(one => (float)Math.Log(one))];
        Assert.Empty(CtcDecoder.Greedy(scores, 2));
        var found = CtcDecoder.PrefixSearch(scores, 2);
        Assert.Equal([1], found[0].Labels);
        Assert.Equal(0.64, Math.Exp(found[0].LogProbability), 1e-6);
        Assert.Equal(0.36, Math.Exp(found[1].LogProbability), 1e-6);
    }

    [Theory]
    [InlineData(1, 2, 0)]
    [InlineData(4, 3, 0)]
    [InlineData(5, 3, 1)]
    [InlineData(6, 4, 3)]
    public void Enough_beams_sum_all_paths(int steps, int classes, int blank)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            float[] scores = [.. Enumerable.Range(0, steps * classes).Select(_ => random.NextSingle() * 6 - 3)];
            if (seed == 3) scores[0] = float.NegativeInfinity;
            var expected = AllPaths(scores, steps, classes, blank);
            var found = CtcDecoder.PrefixSearch(scores, classes, beams: 100_000, blank);
            Assert.Equal(expected.Count, found.Count);
            foreach (var one in found) Assert.Equal(expected[string.Join(' ', one.Labels)], Math.Exp(one.LogProbability), 1e-9);
            Assert.Equal(found.OrderByDescending(one => one.LogProbability), found);
            Assert.Equal(1, found.Sum(one => Math.Exp(one.LogProbability)), 1e-6);

            // Fewer beams never claim more than there is.
            foreach (var one in CtcDecoder.PrefixSearch(scores, classes, beams: 3, blank))
                Assert.InRange(Math.Exp(one.LogProbability), 0, expected[string.Join(' ', one.Labels)] + 1e-9);
        }
    }

    [Fact]
    public void Long_sequences_do_not_underflow()
    {
        int[] path = [.. Enumerable.Range(0, 3_000).Select(i => i % 7 < 3 ? 0 : 1 + i / 7 % 4)];
        var found = CtcDecoder.PrefixSearch(Path(path, 5), 5, beams: 4);
        Assert.Equal(CtcDecoder.Greedy(Path(path, 5), 5), found[0].Labels);
        Assert.True(double.IsFinite(found[0].LogProbability));
    }

    [Fact]
    public void Scores_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CtcDecoder.Greedy([1, 2, 3], 2));
        Assert.Contains("step 1 is NaN", Assert.Throws<ArgumentException>(() => CtcDecoder.PrefixSearch([1, 2, 3, float.NaN], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CtcDecoder.Greedy([float.NegativeInfinity, float.NegativeInfinity], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => CtcDecoder.Greedy([1, 2], 2, blank: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => CtcDecoder.PrefixSearch([1, 2], 2, beams: 0));
    }

    private static float[] Path(int[] classesOfSteps, int classes) =>
        [.. classesOfSteps.SelectMany(best => Enumerable.Range(0, classes).Select(one => one == best ? 8f : 0))];

    private static Dictionary<string, double> AllPaths(float[] scores, int steps, int classes, int blank)
    {
        var sums = new Dictionary<string, double>();
        for (int number = 0; number < (int)Math.Pow(classes, steps); number++)
        {
            double probability = 1;
            int[] path = [.. Enumerable.Range(0, steps).Select(step => number / (int)Math.Pow(classes, step) % classes)];
            for (int step = 0; step < steps; step++)
            {
                var row = scores.Skip(step * classes).Take(classes);
                probability *= Math.Exp(scores[step * classes + path[step]]) / row.Sum(score => Math.Exp(score));
            }

            if (probability == 0) continue;
            string labels = string.Join(' ', path.Where((one, step) => one != blank && (step == 0 || path[step - 1] != one)));
            sums[labels] = sums.GetValueOrDefault(labels) + probability;
        }

        return sums;
    }
}
