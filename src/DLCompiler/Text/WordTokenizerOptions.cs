using System.Collections.Generic;

namespace DLCompiler.Text;

/// <summary>How a text is cut into words.</summary>
public enum WordSplit
{
    /// <summary>Letters, digits, marks and apostrophes between them are words; each other character that is no white space is one.</summary>
    WordsAndSigns,

    /// <summary>What is between white space: for texts that are cut already.</summary>
    WhiteSpace,
}

/// <summary>Which words a tokenizer knows.</summary>
public sealed class WordTokenizerOptions
{
    /// <summary>How a text is cut into words.</summary>
    public WordSplit Split { get; init; }

    /// <summary>Whether words are taken in lower case (of the invariant culture).</summary>
    public bool LowerCase { get; init; }

    /// <summary>The largest number of tokens, special ones included; the most frequent words stay.</summary>
    public int MaximumSize { get; init; } = int.MaxValue;

    /// <summary>How often a word has to occur.</summary>
    public int MinimumFrequency { get; init; } = 1;

    /// <summary>Tokens besides the words, the first of them 0.</summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = [];

    /// <summary>
    /// The special token of words that the vocabulary does not have, the last one unless it is among the others; null if they are to be errors.
    /// </summary>
    public string? UnknownToken { get; init; } = "<unk>";
}
