using System;
using System.Globalization;
using System.Text;

namespace DLCompiler.Text;

/// <summary>The words of a text, one after the other.</summary>
/// <param name="text">Well-formed text.</param>
/// <param name="split">What a word is.</param>
internal ref struct WordSplitter(ReadOnlySpan<char> text, WordSplit split)
{
    private ReadOnlySpan<char> rest = text;

    /// <summary>The word that <see cref="MoveNext"/> found.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    public bool MoveNext()
    {
        int start = 0;
        while (start < rest.Length && char.IsWhiteSpace(rest[start])) start++;
        if (start == rest.Length) return false;
        int length = split == WordSplit.WhiteSpace ? UntilWhiteSpace(rest[start..]) : Word(rest[start..]);
        Current = rest.Slice(start, length);
        rest = rest[(start + length)..];
        return true;
    }

    private static int UntilWhiteSpace(ReadOnlySpan<char> text)
    {
        int length = 1;
        while (length < text.Length && !char.IsWhiteSpace(text[length])) length++;
        return length;
    }

    private static int Word(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length)
        {
            Rune.DecodeFromUtf16(text[length..], out var rune, out int units);
            bool continues = IsOfWord(rune) || (length > 0 && rune.Value is '\'' or '\u2019' && IsFollowedByWord(text[(length + units)..]));
            if (!continues) return length > 0 ? length : units;
            length += units;
        }

        return length;
    }

    private static bool IsFollowedByWord(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && IsOfWord(rune);

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
