using System;
using System.Globalization;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler.Data;

/// <summary>
/// Pairs of words that stand near each other, with other words that don't: what word2vec's skip-gram with negative sampling learns from (Mikolov et al. 2013).
/// What a batch holds follows from the seed and its number alone.
/// </summary>
/// <remarks>
/// Frequent words are thinned out first: a word with the share f of the text stays with the probability √(t/f) + t/f, as in word2vec's program. Then each word
/// is as likely a centre as any other, and a neighbour at the distance d as likely as a window drawn from 1 to the longest gives it. Negatives are drawn by
/// their counts to the power 0.75, and are other words than the neighbour.
/// </remarks>
public sealed class SkipGrams
{
    // Keeps these numbers apart from those that models draw with the same seed.
    private const uint Stream = 0xFFF7, ThinningStream = 0xFFF6;

    // Negatives that are the neighbour itself are drawn anew, so many times at most.
    private const int Attempts = 8;

    private const double CountPower = 0.75;

    private readonly SkipGramOptions options;
    private readonly int[] kept;
    private readonly AliasTable negatives;
    private readonly int[] distances;
    private readonly int[] centers;
    private readonly int[] contexts;

    /// <summary>Takes a text.</summary>
    /// <param name="tokens">Its words.</param>
    /// <param name="vocabularySize">The number of different words.</param>
    /// <param name="options">How pairs are drawn; null for word2vec's numbers.</param>
    /// <exception cref="ArgumentException">Fewer than two words are left, or one is not in the vocabulary.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SkipGrams(ReadOnlySpan<int> tokens, int vocabularySize, SkipGramOptions? options = null)
    {
        this.options = options ??= new SkipGramOptions();
        options.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 2);
        int wrong = tokens.IndexOfAnyExceptInRange(0, vocabularySize - 1);
        if (wrong >= 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Word {wrong} is {tokens[wrong]}, but the vocabulary has 0 to {vocabularySize - 1}."), nameof(tokens));
        }

        var counts = new long[vocabularySize];
        foreach (int token in tokens) counts[token]++;
        kept = Thin(tokens, counts);
        if (kept.Length < 2)
            throw new ArgumentException($"{kept.Length} words are left of the text, and a pair needs two. Pass a longer text, or a larger Threshold.",
                nameof(tokens));
        negatives = new AliasTable([.. counts.Select(count => Math.Pow(count, CountPower))]);

        // A window of w has the distance d where w is at least d: window + 1 − d of window cases.
        distances = [.. Enumerable.Range(1, options.Window).SelectMany(distance => Enumerable.Repeat(distance, options.Window + 1 - distance))];
        (centers, contexts) = (new int[options.BatchSize], new int[checked(options.BatchSize * (1 + options.Negatives))]);
    }

    /// <summary>Words that are left after frequent ones were thinned out.</summary>
    public int Count => kept.Length;

    /// <summary>The batch's centres: [batch size].</summary>
    public ReadOnlySpan<int> Centers => centers;

    /// <summary>For each centre a neighbour, and then negatives: row-major [batch size, 1 + negatives].</summary>
    public ReadOnlySpan<int> Contexts => contexts;

    /// <summary>Makes a batch, in <see cref="Centers"/> and <see cref="Contexts"/>.</summary>
    /// <param name="number">The batch's number, such as the model's iteration.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void Draw(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        int perRow = 4 + 2 * options.Negatives * Attempts;
        for (int row = 0; row < centers.Length; row++)
        {
            long index = (long)row * perRow;
            int place = Below(Word(index), kept.Length), distance = distances[Below(Word(index + 1), distances.Length)];
            int other = place + ((Word(index + 2) & 1) == 0 ? distance : -distance);

            // At the text's ends the neighbour on the other side, and in texts that are shorter than a window the next one.
            if (other < 0 || other >= kept.Length) other = 2 * place - other;
            if (other < 0 || other >= kept.Length) other = place > 0 ? place - 1 : 1;
            centers[row] = kept[place];
            var own = contexts.AsSpan(row * (1 + options.Negatives), 1 + options.Negatives);
            own[0] = kept[other];
            for (int i = 1; i < own.Length; i++) own[i] = Negative(index + 4 + 2 * (i - 1) * Attempts, own[0]);
        }

        uint Word(long index) => PhiloxRandom.Word(options.Seed, Stream, number, index);

        int Negative(long index, int neighbour)
        {
            int drawn = neighbour;
            for (int attempt = 0; attempt < Attempts && drawn == neighbour; attempt++, index += 2)
                drawn = negatives.Draw(Word(index), PhiloxRandom.UniformDouble(options.Seed, Stream, number, index + 1));
            return drawn;
        }
    }

    private static int Below(uint word, int limit) => (int)(((ulong)word * (uint)limit) >> 32);

    private int[] Thin(ReadOnlySpan<int> tokens, long[] counts)
    {
        if (options.Threshold == 0) return tokens.ToArray();
        var left = new int[tokens.Length];
        int count = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            double ratio = options.Threshold * tokens.Length / counts[tokens[i]];
            if (PhiloxRandom.UniformDouble(options.Seed, ThinningStream, 0, i) < Math.Sqrt(ratio) + ratio) left[count++] = tokens[i];
        }

        return left[..count];
    }
}

/// <summary>How pairs of words are drawn.</summary>
public sealed class SkipGramOptions
{
    /// <summary>Pairs of a batch.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>The longest distance between the words of a pair.</summary>
    public int Window { get; init; } = 5;

    /// <summary>Other words for each pair.</summary>
    public int Negatives { get; init; } = 5;

    /// <summary>The share t of the text above which words are thinned out; 0 keeps all.</summary>
    public double Threshold { get; init; } = 1e-3;

    /// <summary>Fixes what is drawn.</summary>
    public ulong Seed { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1, nameof(BatchSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1, nameof(Window));
        ArgumentOutOfRangeException.ThrowIfLessThan(Negatives, 1, nameof(Negatives));
        if (!(Threshold >= 0 && double.IsFinite(Threshold)))
            throw new ArgumentOutOfRangeException(nameof(Threshold), Threshold, "Threshold must be finite and not negative.");
    }
}
