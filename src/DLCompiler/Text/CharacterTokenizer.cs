using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace DLCompiler.Text;

/// <summary>A token for each character: each Unicode scalar value, so that an emoji that is one code point is one token.</summary>
public sealed class CharacterTokenizer : Tokenizer
{
    private const string Kind = "characters";

    private readonly Dictionary<Rune, int> ids = [];
    private readonly int[] asciiIds = new int[128];
    private readonly int unknown;

    private CharacterTokenizer(Vocabulary vocabulary, IReadOnlyList<string> specialTokens, string? unknown)
        : base(vocabulary, specialTokens)
    {
        Array.Fill(asciiIds, -1);
        UnknownToken = unknown;
        this.unknown = unknown is null ? -1 : IdOf(unknown);
        for (int id = 0; id < vocabulary.Count; id++)
        {
            if (IsSpecial(id)) continue;
            var rune = Rune.GetRuneAt(TokenAt(id), 0);
            ids.Add(rune, id);
            if (rune.IsAscii) asciiIds[rune.Value] = id;
        }
    }

    /// <summary>The special token of characters that the vocabulary does not have; null if they are errors.</summary>
    public string? UnknownToken { get; }

    /// <summary>A tokenizer of all characters of a text, in the order of their code points, after the special tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="specialTokens">Tokens besides the characters, the first of them 0.</param>
    /// <param name="unknown">The special token of other characters, the last one unless it is among the others; null if they are to be errors.</param>
    /// <exception cref="ArgumentException">There is no character and no special token, one stands twice, or half of a surrogate pair stands alone.</exception>
    public static CharacterTokenizer Train(string text, IReadOnlyList<string>? specialTokens = null, string? unknown = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        UnicodeText.RequireWellFormed(text, nameof(text));
        List<string> special = SpecialTokenList.Of(specialTokens, unknown);
        var characters = text.EnumerateRunes().Distinct().Order().Select(rune => rune.ToString());
        return new CharacterTokenizer(new Vocabulary([.. special, .. characters]), special, unknown);
    }

    /// <summary>Reads what <see cref="Save"/> has written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not such a file; the message has the line.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static CharacterTokenizer Load(string path)
    {
        var file = VocabularyFile.Read(path, Kind);
        foreach (string token in file.Tokens.Except(file.Special))
        {
            if (Rune.TryGetRuneAt(token, 0, out var rune) && rune.Utf16SequenceLength == token.Length) continue;
            throw file.Wrong($"the token {Runtime.QuotedText.Of(token)} is not one character, nor is it among the special tokens");
        }

        return new CharacterTokenizer(file.Vocabulary(), file.Special, file.Unknown);
    }

    /// <summary>Writes the vocabulary as JSON. A file that exists is replaced when all is written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be written; one that exists is as it was.</exception>
    public void Save(string path) =>
        new VocabularyFile(path, Kind) { Tokens = [.. Vocabulary.Tokens], Special = [.. SpecialTokens], Unknown = UnknownToken }.Write();

    private protected override DecodingState CreateState() => new Decoding(this);

    private protected override void EncodeText(ReadOnlySpan<char> text, IBufferWriter<int> ids)
    {
        // As many tokens as UTF-16 units at most.
        var destination = ids.GetSpan(text.Length);
        int count = 0;
        for (int i = 0; i < text.Length;)
        {
            int id = text[i] < 128 ? asciiIds[text[i]] : -1;
            int length = 1;
            if (id < 0)
            {
                Rune.DecodeFromUtf16(text[i..], out var rune, out length);
                if (!this.ids.TryGetValue(rune, out id)) id = unknown >= 0 ? unknown : throw Unknown(rune, i);
            }

            destination[count++] = id;
            i += length;
        }

        ids.Advance(count);
    }

    private static ArgumentException Unknown(Rune rune, int at) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The vocabulary does not have {Runtime.QuotedText.Of(rune.ToString())}, U+{rune.Value:X4}, character {at} of the text. " +
            $"Train the tokenizer on a text that has it, or with a token for unknown characters."));

    private sealed class Decoding(CharacterTokenizer tokenizer) : DecodingState
    {
        public override void Append(int id, StringBuilder text) => text.Append(tokenizer.TokenAt(id));

        public override void AppendSpecial(string name, StringBuilder text) => text.Append(name);

        public override void Complete(StringBuilder text)
        {
            // Every token is whole.
        }
    }
}
