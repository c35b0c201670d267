using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace DLCompiler.Data;

/// <summary>
/// Sequences of different lengths, such as sentences, and batches of them that are filled up to the longest. Nothing is cut: a sequence that is too long is an
/// error.
/// </summary>
public sealed class PaddedSequences
{
    private readonly int[][] sequences;
    private readonly int padding;
    private readonly int maximumLength;
    private int[] ids = [];
    private int[] lengths = [];
    private float[] mask = [];

    /// <summary>Takes sequences.</summary>
    /// <param name="sequences">The sequences, none of them empty; they must not change.</param>
    /// <param name="padding">The token that fills up.</param>
    /// <param name="maximumLength">The longest that a sequence may be: the bound of the model's size.</param>
    /// <exception cref="ArgumentException">There is none, or one is empty or too long.</exception>
    public PaddedSequences(IReadOnlyList<int[]> sequences, int padding, int maximumLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        (this.sequences, this.padding, this.maximumLength) = ([.. sequences], padding, maximumLength);
        if (this.sequences.Length == 0) throw Wrong($"There are no sequences. Pass at least one.");
        for (int i = 0; i < this.sequences.Length; i++)
        {
            int length = this.sequences[i]?.Length ?? 0;
            if (length == 0) throw Wrong($"Sequence {i} is empty, and networks take no sequence of length 0. Leave it out, or give it a token.");
            if (length > maximumLength)
                throw Wrong($"Sequence {i} has {length} tokens, more than the {maximumLength} that there is room for. Shorten or leave it out, or raise the bound.");
        }
    }

    /// <summary>The number of sequences.</summary>
    public int Count => sequences.Length;

    /// <summary>The length of each sequence: what <see cref="BatchOrder"/> makes batches of similar lengths from.</summary>
    public IReadOnlyList<int> SequenceLengths => [.. sequences.Select(one => one.Length)];

    /// <summary>Sequences of the batch.</summary>
    public int Rows => lengths.Length;

    /// <summary>The length that the batch's sequences are filled up to: that of its longest.</summary>
    public int Length { get; private set; }

    /// <summary>The batch's tokens: row-major [rows, length].</summary>
    public ReadOnlySpan<int> Ids => ids.AsSpan(0, Rows * Length);

    /// <summary>The batch's lengths before they were filled up: [rows].</summary>
    public ReadOnlySpan<int> Lengths => lengths;

    /// <summary>1 for tokens, 0 for what was filled up: row-major [rows, length].</summary>
    public ReadOnlySpan<float> Mask => mask.AsSpan(0, Rows * Length);

    /// <summary>Makes the batch of the given sequences.</summary>
    /// <param name="samples">Their places.</param>
    /// <exception cref="ArgumentException">A place is none of a sequence.</exception>
    public void Gather(ReadOnlySpan<int> samples)
    {
        int wrong = samples.IndexOfAnyExceptInRange(0, sequences.Length - 1);
        if (wrong >= 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Sample {wrong} is {samples[wrong]}, but there are {sequences.Length} sequences, from 0."), nameof(samples));
        }

        if (lengths.Length != samples.Length) lengths = new int[samples.Length];
        Length = 0;
        for (int row = 0; row < samples.Length; row++) Length = Math.Max(Length, lengths[row] = sequences[samples[row]].Length);
        int total = checked(samples.Length * Length);
        if (ids.Length < total) (ids, mask) = (new int[total], new float[total]);
        for (int row = 0; row < samples.Length; row++) Fill(sequences[samples[row]], ids.AsSpan(row * Length, Length), mask.AsSpan(row * Length, Length));
    }

    /// <summary>All sequences as samples of one length, with a class each: what <c>Fit</c> takes.</summary>
    /// <param name="labels">One class for each sequence.</param>
    /// <param name="length">The length to fill up to; 0 for that of the longest.</param>
    /// <exception cref="ArgumentException">There is not a label for each sequence, one is negative, or a sequence is longer.</exception>
    public DataSet ToDataSet(int[] labels, int length = 0)
    {
        int longest = sequences.Max(one => one.Length);
        if (length == 0) length = longest;
        if (length < longest)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The longest sequence has {longest} tokens, which do not fit in {length}. Leave out sequences that are too long, or raise the length."),
                nameof(length));
        }

        var all = new int[checked(sequences.Length * length)];
        var unused = new float[length];
        for (int i = 0; i < sequences.Length; i++) Fill(sequences[i], all.AsSpan(i * length, length), unused);
        return DataSet.Create(all, [length], labels);
    }

    private static ArgumentException Wrong(FormattableString problem) => new(problem.ToString(CultureInfo.InvariantCulture), nameof(sequences));

    private void Fill(int[] sequence, Span<int> row, Span<float> present)
    {
        sequence.CopyTo(row);
        row[sequence.Length..].Fill(padding);
        present[..sequence.Length].Fill(1);
        present[sequence.Length..].Clear();
    }
}
