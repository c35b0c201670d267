using System;
using System.Collections.Generic;
using System.Text.Json;

namespace DLCompiler.Checkpoints;

/// <summary>Reads the JSON of a safetensors header: an object with one object for each tensor. Forward only, so hostile input costs no more than its
/// length.</summary>
internal ref struct SafetensorsHeaderParser(ReadOnlySpan<byte> json, string path)
{
    private const string Remedy = "The file is damaged or no safetensors file: copy or save it again.";

    private readonly string path = path;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 8 });

    /// <summary>The texts of the header, by their names; filled by <see cref="Parse"/>.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The tensors in order.</summary>
    public List<SafetensorsEntry> Parse()
    {
        var entries = new List<SafetensorsEntry>();
        Next(JsonTokenType.StartObject, null, "an object");
        while (NextProperty(null) is { } name)
        {
            if (!names.Add(name)) throw Error(name, "the name occurs twice.");
            if (name == "__metadata__") ParseMetadata();
            else entries.Add(ParseTensor(name));
        }

        // Anything but white space after the object is an error of the reader.
        while (reader.Read())
        {
        }

        return entries;
    }

    private SafetensorsEntry ParseTensor(string name)
    {
        Next(JsonTokenType.StartObject, name, "an object with dtype, shape and data_offsets");
        string? type = null;
        long[]? shape = null, offsets = null;
        while (NextProperty(name) is { } field)
        {
            bool repeated = false;
            switch (field)
            {
                case "dtype":
                    repeated = type is not null;
                    Next(JsonTokenType.String, name, "a string as dtype");
                    type = reader.GetString()!;
                    break;
                case "shape":
                    repeated = shape is not null;
                    shape = ParseNumbers(name, "a list of sizes as shape");
                    break;
                case "data_offsets":
                    repeated = offsets is not null;
                    offsets = ParseNumbers(name, "two numbers as data_offsets");
                    break;
                default:
                    reader.Read();
                    reader.Skip();
                    break;
            }

            if (repeated) throw Error(name, $"its '{field}' occurs twice.");
        }

        if (type is null || shape is null || offsets is null) throw Error(name, "its description lacks dtype, shape or data_offsets.");
        if (offsets.Length != 2) throw Error(name, "its data_offsets are not two numbers.");
        return new SafetensorsEntry(name, type, shape, offsets[0], offsets[1]);
    }

    private long[] ParseNumbers(string name, string expected)
    {
        Next(JsonTokenType.StartArray, name, expected);
        var numbers = new List<long>();
        while (true)
        {
            if (!reader.Read()) throw Error(name, $"{expected} is missing.");
            if (reader.TokenType == JsonTokenType.EndArray) return [.. numbers];
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw Error(name, $"{expected} is expected, of whole numbers from 0.");
            }

            numbers.Add(number);
        }
    }

    // Other programs may write anything beside texts: nothing here reads that.
    private void ParseMetadata()
    {
        Next(JsonTokenType.StartObject, "__metadata__", "an object");
        while (NextProperty("__metadata__") is { } key)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                if (!Metadata.TryAdd(key, reader.GetString()!)) throw Error("__metadata__", $"its '{key}' occurs twice.");
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void Next(JsonTokenType type, string? tensor, string expected)
    {
        if (!reader.Read() || reader.TokenType != type) throw Error(tensor, $"the header has something else where {expected} is expected.");
    }

    // The next property's name, or null at the object's end.
    private string? NextProperty(string? tensor)
    {
        if (!reader.Read()) throw Error(tensor, "the header ends in the middle.");
        return reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
    }

    private readonly CheckpointException Error(string? tensor, string problem) => new(path, tensor, problem, null, null, Remedy);
}
