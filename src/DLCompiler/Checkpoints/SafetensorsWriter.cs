using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace DLCompiler.Checkpoints;

/// <summary>Writes safetensors files: 8 bytes of length, a JSON header padded to 8 bytes, then the tensors' data without gaps.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes the tensors, as <see cref="ReplacedFile"/> does: a crash or a full disk leaves the old file as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors, in the order of the file.</param>
    /// <param name="metadata">Names and texts for the header.</param>
    /// <exception cref="IOException">The file can't be written; one that exists is as it was.</exception>
    public static void Write(string path, IReadOnlyList<StoredTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata) =>
        ReplacedFile.Write(path, file =>
        {
            WriteHeader(file, tensors, metadata);
            var buffer = new float[tensors.Select(tensor => tensor.Length).DefaultIfEmpty().Max()];
            foreach (var tensor in tensors)
            {
                tensor.CopyTo(buffer);
                LittleEndian.Write(file, buffer.AsSpan(0, tensor.Length));
            }
        });

    private static void WriteHeader(FileStream file, IReadOnlyList<StoredTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            // Names and layouts are PyTorch's.
            writer.WriteString("format", "pt");
            foreach (var (key, value) in metadata) writer.WriteString(key, value);
            writer.WriteEndObject();
            long offset = 0;
            foreach (var tensor in tensors)
            {
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", "F32");
                writer.WriteStartArray("shape");
                foreach (int size in tensor.Shape) writer.WriteNumberValue(size);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(offset);
                writer.WriteNumberValue(offset += (long)tensor.Length * sizeof(float));
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        int padding = -json.WrittenCount & 7;
        json.GetSpan(padding)[..padding].Fill((byte)' ');
        json.Advance(padding);

        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.WrittenCount);
        file.Write(length);
        file.Write(json.WrittenSpan);
    }
}
