using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace DLCompiler.Generation;

/// <summary>
/// Labels from a network's scores at each step, where a label may take several steps and a blank stands between (connectionist temporal classification, Graves
/// et al. 2006): repeated classes are one label, then blanks are left out.
/// </summary>
/// <remarks>Scores need not be normalised: log-probabilities are taken of each step, so that log-probabilities may be given too.</remarks>
public static class CtcDecoder
{
    /// <summary>The labels of the likeliest path: the likeliest class of each step. Another sequence may be likelier over all of its paths.</summary>
    /// <param name="scores">Row-major [steps, classes].</param>
    /// <param name="classes">The number of classes, the blank included.</param>
    /// <param name="blank">The class that is no label.</param>
    /// <exception cref="ArgumentException">The scores are not whole steps, or one is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of classes is below 1, or the blank is none of them.</exception>
    public static int[] Greedy(ReadOnlySpan<float> scores, int classes, int blank = 0)
    {
        int steps = Check(scores, classes, blank);
        var labels = new List<int>();
        int last = blank;
        for (int step = 0; step < steps; step++)
        {
            var row = scores.Slice(step * classes, classes);
            int best = 0;
            for (int one = 1; one < classes; one++)
                if (row[one] > row[best]) best = one;
            if (best != last && best != blank) labels.Add(best);
            last = best;
        }

        return [.. labels];
    }

    /// <summary>
    /// The likeliest label sequences over all of their paths, by prefix beam search (Graves 2012, chapter 7; in the form of Hannun et al. 2014), in the log
    /// domain. It follows the so many likeliest prefixes at each step, so that it is exact where these are all.
    /// </summary>
    /// <param name="scores">Row-major [steps, classes].</param>
    /// <param name="classes">The number of classes, the blank included.</param>
    /// <param name="beams">Prefixes that are followed.</param>
    /// <param name="blank">The class that is no label.</param>
    /// <returns>The sequences with their log-probabilities, the likeliest first.</returns>
    /// <exception cref="ArgumentException">The scores are not whole steps, or one is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of classes or beams is below 1, or the blank is no class.</exception>
    public static IReadOnlyList<CtcHypothesis> PrefixSearch(ReadOnlySpan<float> scores, int classes, int beams = 16, int blank = 0)
    {
        int steps = Check(scores, classes, blank);
        ArgumentOutOfRangeException.ThrowIfLessThan(beams, 1);
        var prefixes = new PrefixTree(classes);
        var current = new List<(int Prefix, double Blank, double Label)> { (PrefixTree.Root, 0, double.NegativeInfinity) };
        var logs = new double[classes];
        for (int step = 0; step < steps; step++)
        {
            Normalize(scores.Slice(step * classes, classes), logs);
            var next = new Dictionary<int, (double Blank, double Label)>();
            foreach (var (prefix, ofBlank, ofLabel) in current)
            {
                double total = LogSum(ofBlank, ofLabel);
                int last = prefixes.Last(prefix);
                Add(prefix, total + logs[blank], double.NegativeInfinity);
                if (last >= 0) Add(prefix, double.NegativeInfinity, ofLabel + logs[last]);
                for (int label = 0; label < classes; label++)
                {
                    // The same label again is another one only after a blank.
                    if (label != blank) Add(prefixes.Extend(prefix, label), double.NegativeInfinity, (label == last ? ofBlank : total) + logs[label]);
                }
            }

            current = [.. next.Select(one => (one.Key, one.Value.Blank, one.Value.Label))
                .OrderByDescending(one => LogSum(one.Blank, one.Label)).ThenBy(one => one.Key).Take(beams)];

            void Add(int prefix, double ofBlank, double ofLabel)
            {
                if (double.IsNegativeInfinity(ofBlank) && double.IsNegativeInfinity(ofLabel)) return;
                var before = next.GetValueOrDefault(prefix, (double.NegativeInfinity, double.NegativeInfinity));
                next[prefix] = (LogSum(before.Item1, ofBlank), LogSum(before.Item2, ofLabel));
            }
        }

        return [.. current.Select(one => new CtcHypothesis(prefixes.Labels(one.Prefix), LogSum(one.Blank, one.Label)))];
    }

    private static double LogSum(double a, double b)
    {
        double larger = Math.Max(a, b), smaller = Math.Min(a, b);
        return double.IsNegativeInfinity(smaller) ? larger : larger + Math.Log(1 + Math.Exp(smaller - larger));
    }

    private static void Normalize(ReadOnlySpan<float> scores, double[] logs)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (float score in scores) largest = Math.Max(largest, score);
        foreach (float score in scores) sum += Math.Exp(score - largest);
        for (int i = 0; i < logs.Length; i++) logs[i] = scores[i] - largest - Math.Log(sum);
    }

    private static int Check(ReadOnlySpan<float> scores, int classes, int blank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(blank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(blank, classes);
        if (scores.Length % classes != 0)
            throw Wrong($"{scores.Length} scores are not a whole number of steps with {classes} classes. Pass classes scores for each step, the blank's included.");
        for (int step = 0; step < scores.Length / classes; step++)
        {
            var row = scores.Slice(step * classes, classes);
            bool hasFinite = false;
            foreach (float score in row)
            {
                if (float.IsNaN(score) || float.IsPositiveInfinity(score))
                    throw Wrong($"A score of step {step} is {score}. Check the network's weights and input.");
                hasFinite |= float.IsFinite(score);
            }

            if (!hasFinite) throw Wrong($"All scores of step {step} are −∞. Leave a class that can be.");
        }

        return scores.Length / classes;
    }

    private static ArgumentException Wrong(FormattableString problem) => new(problem.ToString(CultureInfo.InvariantCulture), "scores");

    /// <summary>Prefixes as nodes: their last label and the prefix before it.</summary>
    private sealed class PrefixTree(int classes)
    {
        public const int Root = 0;

        private readonly List<(int Parent, int Label)> nodes = [(-1, -1)];
        private readonly Dictionary<long, int> children = [];

        public int Last(int prefix) => nodes[prefix].Label;

        public int Extend(int prefix, int label)
        {
            long key = (long)prefix * classes + label;
            if (children.TryGetValue(key, out int child)) return child;
            nodes.Add((prefix, label));
            return children[key] = nodes.Count - 1;
        }

        public int[] Labels(int prefix)
        {
            var labels = new List<int>();
            for (; prefix != Root; prefix = nodes[prefix].Parent) labels.Add(nodes[prefix].Label);
            labels.Reverse();
            return [.. labels];
        }
    }
}

/// <summary>A label sequence that <see cref="CtcDecoder.PrefixSearch"/> found.</summary>
/// <param name="Labels">The labels, without blanks.</param>
/// <param name="LogProbability">The logarithm of the sum of its paths' probabilities.</param>
public sealed record CtcHypothesis(IReadOnlyList<int> Labels, double LogProbability);
