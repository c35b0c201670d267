using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using DLCompiler.Runtime;

namespace DLCompiler.Text;

/// <summary>
/// Text as numbers and back: <see cref="CharacterTokenizer"/>, <see cref="WordTokenizer"/> and <see cref="BpeTokenizer"/>. Immutable: any number of threads may
/// use one.
/// </summary>
/// <remarks>
/// Special tokens (of an end, of padding) are numbers that text never becomes by itself: <c>"&lt;|endoftext|&gt;"</c> in a text is text, so that users of a
/// program can't write control signs. Where a text is trusted and has them on purpose, <c>parseSpecial</c> finds them. Half of a surrogate pair that stands
/// alone is an error, see <see cref="UnicodeText"/>.
/// </remarks>
public abstract class Tokenizer
{
    private readonly bool[] isSpecial;
    private readonly SearchValues<string>? specialNames;

    private protected Tokenizer(Vocabulary vocabulary, IReadOnlyList<string> specialTokens)
    {
        Vocabulary = vocabulary;
        SpecialTokens = specialTokens;
        isSpecial = new bool[vocabulary.Count];
        foreach (string token in specialTokens) isSpecial[IdOf(token)] = true;
        if (specialTokens.Count > 0) specialNames = SearchValues.Create([.. specialTokens], StringComparison.Ordinal);
    }

    /// <summary>The number of tokens: ids are from 0 to this less 1.</summary>
    public int VocabularySize => Vocabulary.Count;

    /// <summary>Tokens that no text becomes by itself.</summary>
    public IReadOnlyList<string> SpecialTokens { get; }

    private protected Vocabulary Vocabulary { get; }

    /// <summary>The text of a token, as its vocabulary file has it.</summary>
    /// <param name="id">The token.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string TokenAt(int id) => Vocabulary.TokenAt(id);

    /// <summary>The number of a token, special or not, by its text in the vocabulary.</summary>
    /// <param name="token">The text.</param>
    /// <exception cref="ArgumentException">The vocabulary does not have it.</exception>
    public int IdOf(string token) => TryGetId(token, out int id) ? id
        : throw new ArgumentException($"The vocabulary has no token {QuotedText.Of(token)}. TryGetId tells whether it has one.", nameof(token));

    /// <summary>The number of a token, special or not, by its text in the vocabulary.</summary>
    /// <param name="token">The text.</param>
    /// <param name="id">Its number.</param>
    /// <returns>Whether the vocabulary has it.</returns>
    public bool TryGetId(string token, out int id)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Vocabulary.TryGetId(token, out id);
    }

    /// <summary>Whether a token is special.</summary>
    /// <param name="id">The token.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public bool IsSpecial(int id)
    {
        Vocabulary.TokenAt(id);
        return isSpecial[id];
    }

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="parseSpecial">Whether names of special tokens in it become those tokens; otherwise they are text like any other.</param>
    /// <exception cref="ArgumentException">
    /// Half of a surrogate pair stands alone, or a part is not in the vocabulary and there is no token for unknown ones.
    /// </exception>
    public int[] Encode(string text, bool parseSpecial = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new ArrayBufferWriter<int>(Math.Max(16, text.Length / 3));
        Encode(text, ids, parseSpecial);
        return ids.WrittenSpan.ToArray();
    }

    /// <summary>Writes the tokens of a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="ids">Where to, such as an <see cref="ArrayBufferWriter{T}"/>.</param>
    /// <param name="parseSpecial">Whether names of special tokens in it become those tokens; otherwise they are text like any other.</param>
    /// <exception cref="ArgumentException">
    /// Half of a surrogate pair stands alone, or a part is not in the vocabulary and there is no token for unknown ones.
    /// </exception>
    public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> ids, bool parseSpecial = false)
    {
        ArgumentNullException.ThrowIfNull(ids);
        UnicodeText.RequireWellFormed(text, nameof(text));
        while (parseSpecial && specialNames is not null)
        {
            int at = text.IndexOfAny(specialNames);
            if (at < 0) break;
            string name = Longest(text[at..]);
            EncodeText(text[..at], ids);
            Write(ids, IdOf(name));
            text = text[(at + name.Length)..];
        }

        EncodeText(text, ids);
    }

    /// <summary>The text of tokens.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="skipSpecial">Whether special tokens are left out; otherwise their names are in the text.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not in the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = false)
    {
        var decoder = CreateDecoder(skipSpecial);
        var text = new StringBuilder();
        foreach (int id in ids) decoder.Append(id, text);
        decoder.Complete(text);
        return text.ToString();
    }

    /// <summary>Something that tokens are given to one by one, as they are generated.</summary>
    /// <param name="skipSpecial">Whether special tokens are left out; otherwise their names are in the text.</param>
    public TokenDecoder CreateDecoder(bool skipSpecial = false) => new(this, skipSpecial, CreateState());

    /// <summary>What a decoder has to remember between tokens.</summary>
    private protected abstract DecodingState CreateState();

    /// <summary>Writes the tokens of well-formed text without special tokens.</summary>
    private protected abstract void EncodeText(ReadOnlySpan<char> text, IBufferWriter<int> ids);

    private protected static void Write(IBufferWriter<int> ids, int id)
    {
        ids.GetSpan(1)[0] = id;
        ids.Advance(1);
    }

    // One name may begin another.
    private string Longest(ReadOnlySpan<char> text)
    {
        string longest = "";
        foreach (string name in SpecialTokens)
            if (name.Length > longest.Length && text.StartsWith(name, StringComparison.Ordinal)) longest = name;
        return longest;
    }
}
