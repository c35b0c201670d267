using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace DLCompiler.Checkpoints;

/// <summary>
/// The head of a safetensors file: 8 bytes of length, then JSON that describes the tensors, then their data. Files come from anywhere, so nothing in one is
/// trusted:
/// every length is checked against the file before memory is taken for it.
/// </summary>
internal sealed class SafetensorsHeader
{
    // The format's own limit: a longer header is an attack or no header.
    private const long MaximumLength = 100_000_000;

    private const string Damaged = "The file is damaged or no safetensors file: copy or save it again.";

    private SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata, long dataStart)
    {
        Entries = entries;
        Metadata = metadata;
        DataStart = dataStart;
    }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Texts beside the tensors, by their names.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Where in the file the data begin.</summary>
    public long DataStart { get; }

    /// <summary>Reads and checks the head of a file.</summary>
    /// <exception cref="CheckpointException">The file is not a sound safetensors file.</exception>
    public static SafetensorsHeader Read(FileStream file, string path)
    {
        byte[] json = ReadJson(file, path);
        long dataStart = sizeof(ulong) + json.Length;
        List<SafetensorsEntry> entries;
        Dictionary<string, string> metadata;
        try
        {
            var parser = new SafetensorsHeaderParser(json, path);
            entries = parser.Parse();
            metadata = parser.Metadata;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: text that is not valid UTF-8; FormatException: a number that is not a whole one or too large.
            throw new CheckpointException(path, null, "the header is not the JSON of a safetensors file.", null, exception.Message, Damaged);
        }

        CheckRanges(entries, file.Length - dataStart, path);
        return new SafetensorsHeader(entries, metadata, dataStart);
    }

    private static byte[] ReadJson(FileStream file, string path)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        if (file.Length < prefix.Length)
        {
            throw new CheckpointException(path, null, "the file is too short.", "at least 8 bytes", FormattableString.Invariant($"{file.Length} bytes"),
                Damaged);
        }

        file.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long available = file.Length - prefix.Length;
        if (length > (ulong)Math.Min(available, MaximumLength))
        {
            throw new CheckpointException(
                path, null, "the header's length is impossible.", FormattableString.Invariant($"at most {Math.Min(available, MaximumLength)} bytes"),
                FormattableString.Invariant($"{length}"), Damaged);
        }

        var json = new byte[(int)length];
        file.ReadExactly(json);
        return json;
    }

    // Each tensor's bytes are as many as its shape needs; together they cover the data once, without gaps.
    private static void CheckRanges(List<SafetensorsEntry> entries, long dataLength, string path)
    {
        foreach (var entry in entries)
        {
            if (entry.Begin < 0 || entry.End < entry.Begin || entry.End > dataLength)
            {
                throw new CheckpointException(
                    path, entry.Name, "its data lie outside of the file.", FormattableString.Invariant($"offsets from 0 to {dataLength}"),
                    FormattableString.Invariant($"[{entry.Begin}, {entry.End}]"), "The file is truncated or damaged: copy or save it again.");
            }

            long? size = SafetensorsTypes.Bytes(entry.Type, entry.Shape);
            if (size != entry.End - entry.Begin)
            {
                throw new CheckpointException(
                    path, entry.Name, "its size doesn't match its shape.",
                    size is null ? "a known type and a possible shape" : FormattableString.Invariant($"{size} bytes for {entry.Type} {entry.ShapeText}"),
                    FormattableString.Invariant($"{entry.End - entry.Begin} bytes for {entry.Type} {entry.ShapeText}"), Damaged);
            }
        }

        long end = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end)
            {
                throw new CheckpointException(
                    path, entry.Name, entry.Begin < end ? "its data overlap another tensor's." : "there is a gap before its data.",
                    FormattableString.Invariant($"a first byte of {end}"), FormattableString.Invariant($"{entry.Begin}"), Damaged);
            }

            end = entry.End;
        }

        if (end != dataLength)
        {
            throw new CheckpointException(
                path, null, "there are bytes after the last tensor.", FormattableString.Invariant($"{end} bytes of data"),
                FormattableString.Invariant($"{dataLength}"), Damaged);
        }
    }
}
