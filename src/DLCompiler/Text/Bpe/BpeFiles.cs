using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DLCompiler.Checkpoints;
using DLCompiler.Runtime;

namespace DLCompiler.Text;

/// <summary>GPT-2's two files: <c>vocab.json</c>, tokens with their numbers, and <c>merges.txt</c>, a merge a line in the order of learning.</summary>
internal static class BpeFiles
{
    private const string Header = "#version: 0.2";

    private const string Restore = "Restore the file from where it was saved, or save the tokenizer again.";

    /// <summary>The tokens of a <c>vocab.json</c> in the order of their numbers.</summary>
    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static string[] ReadVocabulary(string path)
    {
        byte[] bytes = UnicodeText.ReadBytes(path);
        var json = new LocatedJson(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes, path, Restore);
        json.Expect(JsonTokenType.StartObject, "'{', the beginning of a vocabulary such as {\"!\": 0, \"the\": 262}");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var tokens = new Dictionary<int, string>();
        const string property = "a token in quotes, or '}' at the end";
        while (json.Read(property) != JsonTokenType.EndObject)
        {
            string token = json.Text(property);
            json.Read("a number");
            const string number = "the number of a token, from 0, which no other token has";
            int id = json.Number(number);
            if (id < 0 || !tokens.TryAdd(id, token)) throw json.Unexpected(number);
            if (!ids.TryAdd(token, id)) throw json.Unexpected($"each token once, but {QuotedText.Of(token)} is {ids[token]} already");
        }

        if (tokens.Count == 0)
            throw Wrong(path, $"the vocabulary is empty: expected 256 tokens of bytes or more, found none");
        return [.. Enumerable.Range(0, tokens.Count).Select(id => tokens.TryGetValue(id, out string? token) ? token
            : throw Wrong(path, $"expected the numbers 0 to {tokens.Count - 1} for {tokens.Count} tokens, found none with {id}"))];
    }

    /// <summary>The merges of a <c>merges.txt</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The tokens.</param>
    /// <exception cref="InvalidDataException">It is not such a file, or not of this vocabulary.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static List<(int Left, int Right, int Result)> ReadMerges(string path, Vocabulary vocabulary)
    {
        string text = UnicodeText.ReadFile(path);
        var rules = new List<(int Left, int Right, int Result)>();
        var known = new HashSet<int>();
        foreach (byte value in ByteAlphabet.Order)
            if (vocabulary.TryGetId([ByteAlphabet.CharacterOf(value)], out int id)) known.Add(id);
        int number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).TrimEnd('\r');
            number++;
            if (line.Length == 0 || (number == 1 && line.StartsWith("#version"))) continue;
            rules.Add(Merge(path, number, line, vocabulary, known));
        }

        return rules;
    }

    /// <exception cref="IOException">The file can't be written; one that exists is as it was.</exception>
    public static void WriteVocabulary(string path, IReadOnlyList<string> tokens) => ReplacedFile.Write(path, stream =>
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        for (int id = 0; id < tokens.Count; id++) writer.WriteNumber(tokens[id], id);
        writer.WriteEndObject();
    });

    /// <exception cref="IOException">The file can't be written; one that exists is as it was.</exception>
    public static void WriteMerges(string path, IReadOnlyList<string> tokens, IReadOnlyList<(int Left, int Right, int Result)> rules) =>
        ReplacedFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (var (left, right, _) in rules)
        {
            writer.Write(tokens[left]);
            writer.Write(' ');
            writer.WriteLine(tokens[right]);
        }
    });

    private static (int Left, int Right, int Result) Merge(string path, int number, ReadOnlySpan<char> line, Vocabulary vocabulary, HashSet<int> known)
    {
        int space = line.IndexOf(' ');
        if (space <= 0 || space == line.Length - 1 || line[(space + 1)..].Contains(' '))
            throw Wrong(path, number, line, "two tokens with one space between them, such as 'Ġ t'");
        var left = line[..space];
        var right = line[(space + 1)..];
        int leftId = Known(left, line), rightId = Known(right, line);
        string joined = string.Concat(left, right);
        if (!vocabulary.TryGetId(joined, out int result))
            throw Wrong(path, number, line, $"a merge whose result {QuotedText.Of(joined)} is in the vocabulary");
        if (!known.Add(result)) throw Wrong(path, number, line, $"a merge that makes a new token, but {QuotedText.Of(joined)} is made already");
        return (leftId, rightId, result);

        // A token that no earlier line makes can't be a neighbour yet: a line is missing, or the order is another.
        int Known(ReadOnlySpan<char> token, ReadOnlySpan<char> line) => vocabulary.TryGetId(token, out int id) && known.Contains(id) ? id
            : throw Wrong(path, number, line, $"tokens that are bytes or made by lines before, but {QuotedText.Of(token.ToString())} is not");
    }

    private static InvalidDataException Wrong(string path, int line, ReadOnlySpan<char> found, string expected) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{QuotedText.Line(path, 300)}, line {line}: expected {expected}, found {QuotedText.Of(found.ToString())}. {Restore} " +
        $"It has to be of the same tokenizer as the vocabulary."));

    private static InvalidDataException Wrong(string path, FormattableString problem) =>
        new($"{QuotedText.Line(path, 300)}: {problem.ToString(CultureInfo.InvariantCulture)}. {Restore}");
}
