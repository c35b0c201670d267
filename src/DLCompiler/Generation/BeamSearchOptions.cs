using System;
using System.Collections.Generic;

namespace DLCompiler.Generation;

/// <summary>How likely sequences are looked for.</summary>
public sealed class BeamSearchOptions
{
    /// <summary>Sequences that are followed at the same time; with one, the result is the greedy one.</summary>
    public int Beams { get; init; } = 4;

    /// <summary>The most tokens to add to the prompt.</summary>
    public int MaximumTokens { get; init; } = 256;

    /// <summary>Stop tokens can't come before so many tokens have been added.</summary>
    public int MinimumTokens { get; init; }

    /// <summary>
    /// α of the length penalty ((5 + length) / 6)^α, which log-probabilities are divided by (Wu et al. 2016, equation 14; the length counts the stop token). 0
    /// compares probabilities as they are, which favours short sequences.
    /// </summary>
    public double LengthPenalty { get; init; } = 0.6;

    /// <summary>As <see cref="GenerationOptions.RepetitionPenalty"/>.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Tokens that end a sequence; they are not part of it.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>Tokens that are never chosen.</summary>
    public IReadOnlyList<int> BannedTokens { get; init; } = [];

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Check(int vocabularySize)
    {
        GenerationOptions.Require(Beams >= 1, nameof(Beams), Beams, "at least 1");
        GenerationOptions.Require(MaximumTokens >= 1, nameof(MaximumTokens), MaximumTokens, "at least 1");
        GenerationOptions.Require(MinimumTokens >= 0, nameof(MinimumTokens), MinimumTokens, "not negative");
        GenerationOptions.Require(LengthPenalty >= 0 && double.IsFinite(LengthPenalty), nameof(LengthPenalty), LengthPenalty, "finite and not negative");
        GenerationOptions.Require(RepetitionPenalty > 0 && double.IsFinite(RepetitionPenalty), nameof(RepetitionPenalty), RepetitionPenalty,
            "finite and positive");
        GenerationOptions.CheckTokens(StopTokens, nameof(StopTokens), vocabularySize);
        GenerationOptions.CheckTokens(BannedTokens, nameof(BannedTokens), vocabularySize);
    }
}

/// <summary>A sequence that beam search found.</summary>
/// <param name="Tokens">The tokens after the prompt, without the stop token.</param>
/// <param name="LogProbability">The sum of the tokens' log-probabilities, of the stop token too.</param>
/// <param name="Score">The same over the length penalty: what sequences are compared by.</param>
/// <param name="IsFinished">Whether a stop token ended it; otherwise MaximumTokens did.</param>
public sealed record Hypothesis(IReadOnlyList<int> Tokens, double LogProbability, double Score, bool IsFinished);
