using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Unicode;
using DLCompiler.Data;
using DLCompiler.Runtime;

namespace DLCompiler.Text;

/// <summary>
/// Text as tokenizers take it: well-formed Unicode. Nothing is repaired in silence: bytes that are no UTF-8, and halves of surrogate pairs that stand alone,
/// are refused with their place, unless <see cref="Repair"/> is called.
/// </summary>
public static class UnicodeText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Reads a file of UTF-8, plain or compressed with gzip. A byte-order mark at its beginning is left out; line ends stay as they are.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">It is not UTF-8; the message has the line and the byte.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static string ReadFile(string path) => Decode(ReadBytes(path), path);

    /// <summary>Decodes UTF-8, without a byte-order mark at its beginning.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="name">What messages call them.</param>
    /// <exception cref="InvalidDataException">They are not UTF-8; the message has the line and the byte.</exception>
    public static string Decode(ReadOnlySpan<byte> utf8, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        return Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : throw NotUtf8(utf8, name);
    }

    /// <summary>The text with U+FFFD in place of every half of a surrogate pair that stands alone; the same object where there is none.</summary>
    /// <param name="text">Any text.</param>
    public static string Repair(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = IndexOfLoneSurrogate(text);
        if (at < 0) return text;
        char[] repaired = text.ToCharArray();
        while (at >= 0)
        {
            repaired[at] = Replacement;
            int next = IndexOfLoneSurrogate(text.AsSpan(at + 1));
            at = next < 0 ? -1 : at + 1 + next;
        }

        return new string(repaired);
    }

    /// <summary>The place of the first half of a surrogate pair that stands alone; −1 where the text is well-formed.</summary>
    internal static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (int i = 0; ;)
        {
            int next = text[i..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (next < 0) return -1;
            i += next;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return i;
            i += 2;
        }
    }

    /// <exception cref="ArgumentException">Half of a surrogate pair stands alone.</exception>
    internal static void RequireWellFormed(ReadOnlySpan<char> text, string argument)
    {
        int at = IndexOfLoneSurrogate(text);
        if (at < 0) return;
        throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Character {at} of the text is U+{(int)text[at]:X4}, one half of a surrogate pair without the other: the text was cut inside a character. " +
                $"Cut it elsewhere, or put U+FFFD there with UnicodeText.Repair."),
            argument);
    }

    /// <exception cref="IOException">The file can't be read.</exception>
    internal static byte[] ReadBytes(string path)
    {
        using var file = MaybeCompressed.OpenRead(path);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static InvalidDataException NotUtf8(ReadOnlySpan<byte> bytes, string name)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == OperationStatus.Done) at += length;
        int line = 1 + bytes[..at].Count((byte)'\n');
        return new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"{QuotedText.Line(name, 300)}, line {line}: expected UTF-8, found the byte 0x{bytes[at]:X2} at offset {at}, which is none there. " +
            $"Save the text as UTF-8; it may be in another encoding, such as Latin-1 or UTF-16, compressed, or damaged."));
    }
}
