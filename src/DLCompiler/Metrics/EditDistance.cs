using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace DLCompiler.Metrics;

/// <summary>How many insertions, deletions and substitutions lead from one sequence to another (Levenshtein 1966).</summary>
public static class EditDistance
{
    /// <summary>The least number of edits.</summary>
    /// <typeparam name="T">Characters, words, labels.</typeparam>
    /// <param name="first">A sequence.</param>
    /// <param name="second">Another.</param>
    public static int Between<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second)
        where T : IEquatable<T>
    {
        var row = new int[second.Length + 1];
        for (int j = 0; j < row.Length; j++) row[j] = j;
        for (int i = 0; i < first.Length; i++)
        {
            // What the row had before, one to the left.
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < second.Length; j++)
            {
                int replaced = diagonal + (first[i].Equals(second[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(row[j], diagonal));
            }
        }

        return row[^1];
    }
}

/// <summary>Edits that lead from the right sequences to the hypotheses, over the right sequences' length. It is above 1 where too much was found.</summary>
public abstract class ErrorRate
{
    private long edits, length;

    private protected ErrorRate()
    {
    }

    /// <summary>Its name in logs.</summary>
    public abstract string Name { get; }

    /// <summary>The rate of all that was added; NaN before a reference that is not empty.</summary>
    public double Value => length == 0 ? double.NaN : (double)edits / length;

    /// <summary>Forgets everything.</summary>
    public void Reset() => (edits, length) = (0, 0);

    /// <summary>Adds a text.</summary>
    /// <param name="hypothesis">What was found.</param>
    /// <param name="reference">What is right.</param>
    public void Add(string hypothesis, string reference)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        ArgumentNullException.ThrowIfNull(reference);
        string[] right = Parts(reference);
        edits += EditDistance.Between<string>(right, Parts(hypothesis));
        length += right.Length;
    }

    private protected abstract string[] Parts(string text);
}

/// <summary>The error rate of characters, which are Unicode scalar values; white space counts.</summary>
public sealed class CharacterErrorRate : ErrorRate
{
    /// <inheritdoc/>
    public override string Name => "cer";

    private protected override string[] Parts(string text) => [.. text.EnumerateRunes().Select(rune => rune.ToString())];
}

/// <summary>The error rate of words, which are what stands between white space.</summary>
public sealed class WordErrorRate : ErrorRate
{
    /// <inheritdoc/>
    public override string Name => "wer";

    private protected override string[] Parts(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
