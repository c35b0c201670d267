using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using DLCompiler.Runtime;

namespace DLCompiler.Text;

/// <summary>JSON that is read forwards; whatever is not as expected is an error that has its line.</summary>
/// <param name="bytes">UTF-8, without a byte-order mark.</param>
/// <param name="path">What messages call it.</param>
/// <param name="remedy">What to do where it is not as expected.</param>
internal ref struct LocatedJson(ReadOnlySpan<byte> bytes, string path, string remedy)
{
    private const string End = "the end of the file";

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private Utf8JsonReader reader = new(bytes);

    /// <summary>What was read.</summary>
    public readonly JsonTokenType Kind => reader.TokenType;

    /// <summary>Goes on to the next element.</summary>
    /// <param name="expected">What should stand there.</param>
    public JsonTokenType Read(string expected)
    {
        try
        {
            if (reader.Read()) return reader.TokenType;
        }
        catch (JsonException exception)
        {
            long line = 1 + (exception.LineNumber ?? 0);
            string found = Found((int)Math.Min(bytes.Length, reader.BytesConsumed));
            throw Error(line, found == End ? expected : "JSON", found, exception);
        }

        throw Error(1 + bytes.Count((byte)'\n'), expected, End);
    }

    /// <summary>Goes on to an element that has to be of a kind.</summary>
    public void Expect(JsonTokenType type, string expected)
    {
        if (Read(expected) != type) throw Unexpected(expected);
    }

    /// <summary>The name or text that was read.</summary>
    public string Text(string expected)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) throw Unexpected(expected);
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // Escapes of halves of surrogate pairs, and bytes that are no UTF-8.
            throw Error(Line, expected, "a text that is not Unicode", exception);
        }
    }

    /// <summary>The whole number that was read.</summary>
    public int Number(string expected) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) ? number : throw Unexpected(expected);

    /// <summary>Whether what was read is true.</summary>
    public bool Flag(string expected) => reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Unexpected(expected);

    /// <summary>The error of the element that was read.</summary>
    public InvalidDataException Unexpected(string expected) => Error(Line, expected, Found((int)reader.TokenStartIndex));

    private readonly long Line => 1 + bytes[..(int)reader.TokenStartIndex].Count((byte)'\n');

    private readonly string Found(int start)
    {
        var rest = bytes[start..].TrimStart(" \t\r\n"u8);
        int end = rest.IndexOfAny(" \t\r\n,"u8);
        var shown = end < 0 ? rest : rest[..Math.Max(1, end)];
        return shown.Length == 0 ? End : QuotedText.Of(System.Text.Encoding.UTF8.GetString(shown[..Math.Min(200, shown.Length)]));
    }

    private readonly InvalidDataException Error(long line, string expected, string found, Exception? inner = null) => new(
        string.Create(CultureInfo.InvariantCulture, $"{QuotedText.Line(path, 300)}, line {line}: expected {expected}, found {found}. {remedy}"), inner);
}
