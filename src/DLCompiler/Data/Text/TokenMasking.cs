using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler.Data;

/// <summary>
/// Tokens that a model has to guess from those around them (BERT, Devlin et al. 2019): of the chosen ones, 15 in a hundred, 80 % become the mask, 10 % a random
/// token, and 10 % stay; only the chosen ones count in the loss. What is chosen follows from the seed and the batch's number.
/// </summary>
public sealed class TokenMasking
{
    // Keeps these numbers apart from those that models draw with the same seed.
    private const uint Stream = 0xFFF8;

    private readonly int maskToken;
    private readonly int[] ordinary;
    private readonly bool[] isKept;

    /// <summary>Creates the masking of a vocabulary.</summary>
    /// <param name="vocabularySize">The number of tokens, the mask included.</param>
    /// <param name="maskToken">The token that stands for a hidden one.</param>
    /// <param name="keptTokens">Tokens that are never chosen, nor put in place of others, such as those of padding and of ends.</param>
    /// <exception cref="ArgumentException">No token is left that may be chosen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    public TokenMasking(int vocabularySize, int maskToken, IReadOnlyList<int>? keptTokens = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 1);
        isKept = new bool[vocabularySize];
        foreach (int token in (keptTokens ?? []).Append(maskToken))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(keptTokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, vocabularySize, nameof(keptTokens));
            isKept[token] = true;
        }

        this.maskToken = maskToken;
        ordinary = [.. Enumerable.Range(0, vocabularySize).Where(token => !isKept[token])];
        if (ordinary.Length == 0)
            throw new ArgumentException("Each token of the vocabulary is the mask or kept, so that none can be chosen.", nameof(keptTokens));
    }

    /// <summary>Fixes what is chosen.</summary>
    public ulong Seed { get; init; }

    /// <summary>The share of tokens that are chosen; 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Probability
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Probability must be from 0 to 1.");
    } = 0.15;

    /// <summary>The label of tokens that were not chosen: <c>ignoreIndex</c> of the loss.</summary>
    public int IgnoreLabel { get; init; } = -100;

    /// <summary>Hides tokens of a batch.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="number">The batch's number, such as the model's iteration.</param>
    /// <param name="inputs">Gets what the model sees.</param>
    /// <param name="labels">Gets the chosen tokens, and <see cref="IgnoreLabel"/> for the others.</param>
    /// <returns>How many were chosen.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a token is not in the vocabulary.</exception>
    public int Apply(ReadOnlySpan<int> tokens, long number, Span<int> inputs, Span<int> labels)
    {
        if (inputs.Length != tokens.Length || labels.Length != tokens.Length)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{tokens.Length} tokens do not go with {inputs.Length} inputs and {labels.Length} labels: pass as many of each."), nameof(inputs));
        }

        int wrong = tokens.IndexOfAnyExceptInRange(0, isKept.Length - 1);
        if (wrong >= 0)
            throw new ArgumentException(FormattableString.Invariant($"Token {wrong} is {tokens[wrong]}, but the vocabulary has 0 to {isKept.Length - 1}."),
                nameof(tokens));
        int chosen = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            (inputs[i], labels[i]) = (tokens[i], IgnoreLabel);
            if (isKept[tokens[i]] || PhiloxRandom.UniformDouble(Seed, Stream, number, 4L * i) >= Probability) continue;
            chosen++;
            labels[i] = tokens[i];
            double what = PhiloxRandom.UniformDouble(Seed, Stream, number, 4L * i + 1);
            if (what < 0.8) inputs[i] = maskToken;
            else if (what < 0.9) inputs[i] = ordinary[(int)(((ulong)PhiloxRandom.Word(Seed, Stream, number, 4L * i + 2) * (uint)ordinary.Length) >> 32)];
        }

        return chosen;
    }
}
