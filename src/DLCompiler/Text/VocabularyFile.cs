using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using DLCompiler.Checkpoints;
using DLCompiler.Runtime;

namespace DLCompiler.Text;

/// <summary>A vocabulary of characters or words as JSON, a token a line in the order of their numbers.</summary>
/// <param name="path">The file.</param>
/// <param name="kind">What its tokens are.</param>
internal sealed class VocabularyFile(string path, string kind)
{
    private const string Remedy = "Save the tokenizer again, or restore the file from where it was saved.";

    public List<string> Tokens { get; init; } = [];

    public List<string> Special { get; init; } = [];

    public string? Unknown { get; set; }

    public WordSplit Split { get; set; }

    public bool LowerCase { get; set; }

    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static VocabularyFile Read(string path, string kind)
    {
        var file = new VocabularyFile(path, kind);
        file.Parse(UnicodeText.ReadBytes(path));
        foreach (string token in file.Special.Except(file.Tokens))
            throw file.Wrong($"the special token {QuotedText.Of(token)} is not among the tokens");
        if (file.Unknown is { } unknown && !file.Special.Contains(unknown))
            throw file.Wrong($"the token for unknown parts, {QuotedText.Of(unknown)}, is not among the special tokens");
        return file;
    }

    /// <exception cref="InvalidDataException">There is no token, or one is empty or stands twice.</exception>
    public Vocabulary Vocabulary()
    {
        try
        {
            return new Vocabulary(Tokens);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{QuotedText.Line(path, 300)}: {exception.Message}", exception);
        }
    }

    public InvalidDataException Wrong(string problem) => new($"{QuotedText.Line(path, 300)}: {problem}. {Remedy}");

    /// <exception cref="IOException">The file can't be written; one that exists is as it was.</exception>
    public void Write() => ReplacedFile.Write(path, stream =>
    {
        using var writer = new Utf8JsonWriter(stream,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteString("kind", kind);
        if (Unknown is not null) writer.WriteString("unknown", Unknown);
        if (Split == WordSplit.WhiteSpace) writer.WriteBoolean("splitAtWhiteSpace", true);
        if (LowerCase) writer.WriteBoolean("lowerCase", true);
        Write(writer, "special", Special);
        Write(writer, "tokens", Tokens);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, string name, List<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private void Parse(byte[] bytes)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var json = new LocatedJson(bytes.AsSpan().StartsWith(mark) ? bytes.AsSpan(3) : bytes, path, Remedy);
        json.Expect(JsonTokenType.StartObject, $"'{{', the beginning of a vocabulary of {kind}");
        const string property = "a property, or '}' at the end";
        bool hasKind = false;
        while (json.Read(property) != JsonTokenType.EndObject)
        {
            string name = json.Text(property);
            json.Read("the value of " + QuotedText.Of(name));
            switch (name)
            {
                case "kind":
                    if (json.Text($"the kind '{kind}'") != kind) throw json.Unexpected($"the kind '{kind}'");
                    hasKind = true;
                    break;
                case "unknown": Unknown = json.Text("the token for unknown parts"); break;
                case "splitAtWhiteSpace": Split = json.Flag("true or false") ? WordSplit.WhiteSpace : WordSplit.WordsAndSigns; break;
                case "lowerCase": LowerCase = json.Flag("true or false"); break;
                case "special": ReadTexts(ref json, Special); break;
                case "tokens": ReadTexts(ref json, Tokens); break;
                default: throw json.Unexpected("no property " + QuotedText.Of(name));
            }
        }

        if (!hasKind) throw Wrong($"it has no \"kind\": \"{kind}\"");
    }

    private static void ReadTexts(ref LocatedJson json, List<string> texts)
    {
        const string expected = "a token in quotes, or ']' at the end";
        if (json.Kind != JsonTokenType.StartArray) throw json.Unexpected("'[', the beginning of a list");
        if (texts.Count > 0) throw json.Unexpected("one list of this name");
        while (json.Read(expected) != JsonTokenType.EndArray) texts.Add(json.Text(expected));
    }
}
