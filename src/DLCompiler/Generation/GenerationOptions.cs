using System;
using System.Collections.Generic;
using System.Globalization;

namespace DLCompiler.Generation;

/// <summary>How tokens are chosen one after the other. Unless something is set, each is drawn from the model's distribution.</summary>
/// <remarks>
/// In this order: repetition penalty, tokens that may not be, temperature, top-k, top-p; formulas are those of Hugging Face's <c>transformers</c>, where equal
/// scores also stay together in top-k.
/// </remarks>
public sealed class GenerationOptions
{
    /// <summary>The most tokens to add to the prompt.</summary>
    public int MaximumTokens { get; init; } = 256;

    /// <summary>Stop tokens can't come before so many tokens have been added.</summary>
    public int MinimumTokens { get; init; }

    /// <summary>What scores are divided by: below 1 likely tokens become likelier. 0 is greedy: always the likeliest, of equals the first.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Draws among the so many likeliest tokens only (Fan, Lewis and Dauphin 2018); 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Draws among the likeliest tokens that have this probability together (nucleus sampling, Holtzman et al. 2020); 1 for all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>
    /// Makes tokens of the prompt and of what has been added less likely (CTRL, Keskar et al. 2019): positive scores are divided by it, negative ones
    /// multiplied. 1 changes nothing.
    /// </summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Tokens that end the sequence; they are not part of it.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>Tokens that are never chosen.</summary>
    public IReadOnlyList<int> BannedTokens { get; init; } = [];

    /// <summary>Fixes what is drawn: the same seed, model, prompt and options give the same tokens.</summary>
    public ulong Seed { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Check(int vocabularySize)
    {
        Require(MaximumTokens >= 0, nameof(MaximumTokens), MaximumTokens, "not negative");
        Require(MinimumTokens >= 0, nameof(MinimumTokens), MinimumTokens, "not negative");
        Require(Temperature >= 0 && double.IsFinite(Temperature), nameof(Temperature), Temperature, "finite and not negative");
        Require(TopK >= 0, nameof(TopK), TopK, "not negative; 0 is for all tokens");
        Require(TopP is > 0 and <= 1, nameof(TopP), TopP, "above 0 and at most 1");
        Require(RepetitionPenalty > 0 && double.IsFinite(RepetitionPenalty), nameof(RepetitionPenalty), RepetitionPenalty, "finite and positive");
        CheckTokens(StopTokens, nameof(StopTokens), vocabularySize);
        CheckTokens(BannedTokens, nameof(BannedTokens), vocabularySize);
    }

    internal static void CheckTokens(IReadOnlyList<int> tokens, string name, int vocabularySize)
    {
        foreach (int token in tokens)
            Require(token >= 0 && token < vocabularySize, name, token,
                string.Create(CultureInfo.InvariantCulture, $"of tokens that the model knows, 0 to {vocabularySize - 1}"));
    }

    internal static void Require(bool condition, string name, object value, string range)
    {
        if (!condition) throw new ArgumentOutOfRangeException("options", value, $"{name} must be {range}.");
    }
}
