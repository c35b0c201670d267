using System;
using System.Globalization;
using System.Text;

namespace DLCompiler.Text;

/// <summary>
/// GPT-2's cut before merging, its pattern <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c> (Radford et al. 2019) without a
/// regular expression: one pass, and categories of whole code points, which .NET's expressions do not have.
/// </summary>
internal static class PreTokenizer
{
    private enum Kind : byte
    {
        Other,
        Letter,
        Number,
        Space,
    }

    private static readonly Kind[] kinds = Kinds();

    /// <summary>The length of the piece that a text begins with.</summary>
    /// <param name="text">Well-formed and not empty.</param>
    public static int First(ReadOnlySpan<char> text)
    {
        if (text[0] == '\'' && Contraction(text) is > 0 and int length) return length;
        int start = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        var kind = KindAt(text, start, out int units);
        if (kind == Kind.Space) return Spaces(text);
        int end = start + units;
        while (end < text.Length && KindAt(text, end, out units) == kind) end += units;
        return end;
    }

    // White space up to the last one, which goes with what follows.
    private static int Spaces(ReadOnlySpan<char> text)
    {
        int end = 1;
        while (end < text.Length && char.IsWhiteSpace(text[end])) end++;
        return end == text.Length || end == 1 ? end : end - 1;
    }

    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2) return 0;
        if (text[1] is 's' or 't' or 'm' or 'd') return 2;
        if (text.Length < 3) return 0;
        return (text[1], text[2]) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int at, out int units)
    {
        units = 1;
        char character = text[at];
        if (!char.IsHighSurrogate(character)) return kinds[character];
        units = 2;
        return Of(Rune.GetUnicodeCategory(new Rune(character, text[at + 1])));
    }

    private static Kind[] Kinds()
    {
        var all = new Kind[char.MaxValue + 1];
        for (int i = 0; i < all.Length; i++) all[i] = char.IsWhiteSpace((char)i) ? Kind.Space : Of(char.GetUnicodeCategory((char)i));
        return all;
    }

    private static Kind Of(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherLetter => Kind.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
        _ => Kind.Other,
    };
}
