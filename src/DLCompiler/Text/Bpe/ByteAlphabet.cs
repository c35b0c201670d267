using System;
using System.Globalization;
using System.Text;

namespace DLCompiler.Text;

/// <summary>
/// GPT-2's way to write bytes as characters that can be seen (<c>bytes_to_unicode</c> of its <c>encoder.py</c>): printable characters of Latin-1 stand for
/// themselves, the other 68 bytes for U+0100 and on. A space is 'Ġ', a line feed 'Ċ'.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] characters = new char[256];
    private static readonly short[] bytesOfCharacters = new short[0x144];

    static ByteAlphabet()
    {
        Order = new byte[256];
        int printable = 0, others = 0;
        for (int value = 0; value < 256; value++)
            if (IsPrintable(value)) Order[printable++] = (byte)value;
        for (int value = 0; value < 256; value++)
            if (!IsPrintable(value)) Order[printable + others++] = (byte)value;
        Array.Fill(bytesOfCharacters, (short)-1);
        for (int i = 0; i < 256; i++)
        {
            byte value = Order[i];
            characters[value] = i < printable ? (char)value : (char)(256 + i - printable);
            bytesOfCharacters[characters[value]] = value;
        }
    }

    /// <summary>All bytes in the order of GPT-2's first 256 tokens: those that stand for themselves, then the others.</summary>
    public static byte[] Order { get; }

    /// <summary>The character of a byte.</summary>
    public static char CharacterOf(byte value) => characters[value];

    /// <summary>The text of bytes.</summary>
    public static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte value in bytes) text.Append(characters[value]);
        return text.ToString();
    }

    /// <summary>The bytes of a text; null where a character stands for none.</summary>
    public static byte[]? BytesOf(string text)
    {
        var bytes = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            short value = text[i] < bytesOfCharacters.Length ? bytesOfCharacters[text[i]] : (short)-1;
            if (value < 0) return null;
            bytes[i] = (byte)value;
        }

        return bytes;
    }

    /// <summary>A byte in messages.</summary>
    public static string Describe(byte value) => string.Create(CultureInfo.InvariantCulture, $"'{characters[value]}' (the byte 0x{value:X2})");

    private static bool IsPrintable(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
}
