using System.Collections.Generic;

namespace DLCompiler.Text;

/// <summary>What byte-pair encoding learns.</summary>
public sealed class BpeTrainingOptions
{
    /// <summary>The number of tokens to reach: 256 bytes, merges, and special tokens. There are fewer where no pair is frequent enough.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>How often a pair has to occur to become a token.</summary>
    public int MinimumFrequency { get; init; } = 2;

    /// <summary>Tokens besides those of text; they are the last ones, as GPT-2's <c>&lt;|endoftext|&gt;</c>.</summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = [];
}
