using System;
using System.Collections.Generic;

namespace DLCompiler.Generation;

/// <summary>Scores of the tokens after sequences of the same length.</summary>
/// <param name="ids">The sequences: row-major [rows, length].</param>
/// <param name="length">Tokens of a sequence.</param>
/// <param name="logits">Gets the scores of the next token: [rows, vocabulary].</param>
public delegate void NextTokenLogits(ReadOnlySpan<int> ids, int length, Span<float> logits);

/// <summary>Scores of the tokens after each step of sequences of the same length, as a model's <c>Predict</c> gives them.</summary>
/// <param name="ids">The sequences: row-major [rows, length].</param>
/// <param name="length">Tokens of a sequence.</param>
/// <returns>Row-major [rows, length, vocabulary].</returns>
public delegate float[] StepLogits(ReadOnlySpan<int> ids, int length);

/// <summary>A model without memory: each step runs it on whole sequences, or on their last tokens.</summary>
public sealed class PrefixModel : INextTokenModel
{
    private readonly NextTokenLogits compute;
    private readonly int window;
    private readonly int padding;
    private List<int>[] rows = [];
    private int[] ids = [];

    /// <summary>Wraps a function of sequences.</summary>
    /// <param name="vocabularySize">The number of tokens that have scores.</param>
    /// <param name="compute">The function.</param>
    /// <param name="maximumLength">The most tokens that a sequence may have. A longer one is an error, not cut.</param>
    /// <param name="window">The function sees so many tokens of a sequence at most, the last ones; 0 for all.</param>
    /// <param name="padding">Fills shorter sequences up to the window, before their first token; −1 leaves them short.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public PrefixModel(int vocabularySize, NextTokenLogits compute, int maximumLength = int.MaxValue, int window = 0, int padding = -1)
    {
        ArgumentNullException.ThrowIfNull(compute);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        ArgumentOutOfRangeException.ThrowIfLessThan(padding, -1);
        (VocabularySize, this.compute, MaximumLength, this.window, this.padding) = (vocabularySize, compute, maximumLength, window, padding);
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int MaximumLength { get; }

    /// <summary>
    /// Wraps a model that gives scores after each step, of which the last are taken: <c>PrefixModel.OfSteps(65, (ids, t) => model.Predict(ids, t))</c>.
    /// </summary>
    /// <param name="vocabularySize">The number of tokens that have scores.</param>
    /// <param name="compute">The model.</param>
    /// <param name="maximumLength">The most tokens that a sequence may have. A longer one is an error, not cut.</param>
    /// <param name="window">The model sees so many tokens of a sequence at most, the last ones; 0 for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static PrefixModel OfSteps(int vocabularySize, StepLogits compute, int maximumLength = int.MaxValue, int window = 0)
    {
        ArgumentNullException.ThrowIfNull(compute);
        return new PrefixModel(vocabularySize, Last, maximumLength, window);

        void Last(ReadOnlySpan<int> ids, int length, Span<float> logits)
        {
            float[] all = compute(ids, length);
            int count = logits.Length / vocabularySize;
            if (all.Length != (long)count * length * vocabularySize)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"The model gave {all.Length} scores for {count} sequences of {length} tokens, and {vocabularySize} are needed after each token."));
            }

            for (int row = 0; row < count; row++)
                all.AsSpan(((row + 1) * length - 1) * vocabularySize, vocabularySize).CopyTo(logits[(row * vocabularySize)..]);
        }
    }

    /// <inheritdoc/>
    public void Start(ReadOnlySpan<int> prompt, Span<float> logits)
    {
        rows = [[.. prompt]];
        Compute(logits);
    }

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        for (int row = 0; row < rows.Length; row++) rows[row].Add(tokens[row]);
        Compute(logits);
    }

    /// <inheritdoc/>
    public void Reorder(ReadOnlySpan<int> sources)
    {
        var next = new List<int>[sources.Length];
        for (int row = 0; row < next.Length; row++) next[row] = [.. rows[sources[row]]];
        rows = next;
    }

    private void Compute(Span<float> logits)
    {
        int present = window == 0 ? rows[0].Count : Math.Min(window, rows[0].Count);
        int length = padding >= 0 ? Math.Max(window, present) : present;
        if (ids.Length != rows.Length * length) ids = new int[rows.Length * length];
        for (int row = 0; row < rows.Length; row++)
        {
            var own = ids.AsSpan(row * length, length);
            own[..(length - present)].Fill(padding);
            rows[row].CopyTo(rows[row].Count - present, ids, row * length + length - present, present);
        }

        compute(ids, length, logits[..(rows.Length * VocabularySize)]);
    }
}
