using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Metrics;

/// <summary>
/// How many n-grams of translations stand in the right ones, 0 to 100 (Papineni et al. 2002), over a whole corpus. Cut, smoothing and scale are sacrebleu's
/// defaults (Post 2018): <c>13a</c>, n-grams up to 4, and where an order has no match, half, a quarter, an eighth of one.
/// </summary>
public sealed class Bleu
{
    private const int Orders = 4;

    private readonly long[] matches = new long[Orders];
    private readonly long[] totals = new long[Orders];
    private long length, referenceLength;

    /// <summary>The shares of n-grams that match, from single words to four, without smoothing; NaN where there are none.</summary>
    public IReadOnlyList<double> Precisions => [.. matches.Zip(totals, (match, total) => (double)match / total)];

    /// <summary>What translations that are too short are multiplied by.</summary>
    public double BrevityPenalty => length >= referenceLength ? 1 : length == 0 ? 0 : Math.Exp(1 - (double)referenceLength / length);

    /// <summary>The score, 0 to 100; NaN before anything was added.</summary>
    public double Value
    {
        get
        {
            if (referenceLength == 0 && length == 0) return double.NaN;
            if (matches.All(match => match == 0) || totals[^1] == 0) return 0;
            double logs = 0, missing = 1;
            for (int order = 0; order < Orders; order++)
            {
                // Exponential smoothing: Chen and Cherry 2014, method 3, as NIST's mteval.
                double match = matches[order] > 0 ? matches[order] : 1 / (missing *= 2);
                logs += Math.Log(match / totals[order]);
            }

            return 100 * BrevityPenalty * Math.Exp(logs / Orders);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Array.Clear(matches);
        Array.Clear(totals);
        (length, referenceLength) = (0, 0);
    }

    /// <summary>Adds a translated sentence.</summary>
    /// <param name="hypothesis">The translation, not cut into tokens.</param>
    /// <param name="references">Right translations; the one whose length is nearest counts for brevity.</param>
    /// <exception cref="ArgumentException">There is no right translation.</exception>
    public void Add(string hypothesis, params IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count == 0) throw new ArgumentException("There is no reference. Pass at least one right translation.", nameof(references));
        string[] words = BleuTokenizer.Split(hypothesis);
        string[][] right = [.. references.Select(BleuTokenizer.Split)];
        length += words.Length;
        referenceLength += right.Select(one => one.Length).OrderBy(one => Math.Abs(one - words.Length)).ThenBy(one => one).First();
        for (int order = 1; order <= Orders; order++)
        {
            var most = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (string[] one in right)
                foreach (var (gram, count) in Grams(one, order)) most[gram] = Math.Max(count, most.GetValueOrDefault(gram));
            foreach (var (gram, count) in Grams(words, order))
            {
                totals[order - 1] += count;
                matches[order - 1] += Math.Min(count, most.GetValueOrDefault(gram));
            }
        }
    }

    // Words have no white space, so that joined ones stay apart.
    private static Dictionary<string, int> Grams(string[] words, int order)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i + order <= words.Length; i++)
        {
            string gram = string.Join(' ', words, i, order);
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }

        return counts;
    }
}
