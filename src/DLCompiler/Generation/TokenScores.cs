using System;
using System.Collections.Generic;
using System.Globalization;

namespace DLCompiler.Generation;

/// <summary>A model's scores of one sequence's next token, changed by what the options say of single tokens.</summary>
/// <param name="vocabularySize">The number of tokens.</param>
/// <param name="penalty">What repeated tokens are punished with; 1 for nothing.</param>
/// <param name="banned">Tokens that are never chosen.</param>
/// <param name="stops">Tokens that end a sequence.</param>
/// <param name="minimum">The number of tokens before which they don't.</param>
internal sealed class TokenScores(int vocabularySize, double penalty, IReadOnlyList<int> banned, IReadOnlyList<int> stops, int minimum)
{
    private readonly double[] values = new double[vocabularySize];
    private readonly bool[] isRepeated = new bool[vocabularySize];

    /// <summary>The scores; −∞ for what can't be chosen.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The largest of them.</summary>
    public double Largest { get; private set; }

    /// <summary>Takes scores.</summary>
    /// <param name="logits">As the model gives them.</param>
    /// <param name="sequence">The sequence so far.</param>
    /// <param name="generated">How many of its tokens were added to the prompt.</param>
    /// <exception cref="ArgumentException">There is not a score for each token.</exception>
    /// <exception cref="InvalidOperationException">A score is not a number, or nothing can be chosen.</exception>
    public void Take(ReadOnlySpan<float> logits, ReadOnlySpan<int> sequence, int generated)
    {
        if (logits.Length != values.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"There are {logits.Length} scores for {values.Length} tokens. Pass one for each token of the vocabulary."),
                nameof(logits));
        }

        for (int token = 0; token < values.Length; token++)
        {
            if (float.IsNaN(logits[token]) || float.IsPositiveInfinity(logits[token])) throw NotFinite(token, logits[token]);
            values[token] = logits[token];
        }

        if (penalty != 1) Punish(sequence);
        foreach (int token in banned) values[token] = double.NegativeInfinity;
        if (generated < minimum)
            foreach (int token in stops) values[token] = double.NegativeInfinity;
        Largest = double.NegativeInfinity;
        foreach (double value in values) Largest = Math.Max(Largest, value);
        if (double.IsNegativeInfinity(Largest))
        {
            throw new InvalidOperationException(
                "No token can be chosen: each is banned, a stop token before MinimumTokens, or has the score −∞. Leave a token that can be.");
        }
    }

    // Each token once, however often it stands there.
    private void Punish(ReadOnlySpan<int> sequence)
    {
        foreach (int token in sequence)
        {
            if (isRepeated[token]) continue;
            isRepeated[token] = true;
            values[token] = values[token] < 0 ? values[token] * penalty : values[token] / penalty;
        }

        foreach (int token in sequence) isRepeated[token] = false;
    }

    private static InvalidOperationException NotFinite(int token, float score) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The model's score of token {token} is {score}: its weights are not finite. Load another checkpoint, or train with a smaller learning rate."));
}
