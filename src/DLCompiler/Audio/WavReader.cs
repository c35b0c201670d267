using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Text;
using DLCompiler.Data;
using DLCompiler.Runtime;

namespace DLCompiler.Audio;

/// <summary>
/// Reads WAV files (RIFF; Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0, 1991): whole numbers of 8, 16, 24 and 32 bits, and
/// floats of 32 and 64, of any number of channels, also with WAVE_FORMAT_EXTENSIBLE. Compressed ones are refused; chunks that aren't sound are skipped.
/// </summary>
public static class WavReader
{
    private const ushort Whole = 1, Floating = 3, Extensible = 0xFFFE;

    // Where a file's own number of the format stands in an extensible header.
    private const int SubFormat = 24;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">It is no WAV file, is damaged, or of a kind that is not read.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static WavAudio Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = ReadableFile.Open(path, bufferSize: 1 << 14);
        return Read(file, path);
    }

    /// <summary>Reads a stream up to its end, such as a file of a ZIP archive.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">It is no WAV file, is damaged, or of a kind that is not read.</exception>
    /// <exception cref="IOException">The stream can't be read.</exception>
    public static WavAudio Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return Parse(all.GetBuffer().AsSpan(0, (int)all.Length), name);
    }

    private static WavAudio Parse(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
            throw Wrong(name, 0, $"expected a WAV file, which begins with RIFF and WAVE, found {Shown(bytes)}", "Convert it to WAV");
        WavFormat? format = null;
        for (int at = 12; at + 8 <= bytes.Length;)
        {
            var type = bytes.Slice(at, 4);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            int start = at + 8;
            if (length > bytes.Length - start)
            {
                throw Wrong(name, at, $"expected {length} bytes of the chunk {Shown(type)}, found {bytes.Length - start} up to the end of the file",
                    "The file is cut off or still being written: copy it again");
            }

            var chunk = bytes.Slice(start, (int)length);
            if (type.SequenceEqual("fmt "u8)) format = Format(chunk, name, at);
            else if (type.SequenceEqual("data"u8))
            {
                if (format is null) throw Wrong(name, at, $"expected the chunk fmt before the sound, found none", "The file is damaged: export it again");
                return Samples(chunk, format, name, at);
            }

            // Chunks begin at even places.
            at = start + (int)length + (int)(length & 1);
        }

        throw Wrong(name, bytes.Length, $"expected a chunk data with the sound, found the end of the file", "The file is damaged: export it again");
    }

    private static WavFormat Format(ReadOnlySpan<byte> chunk, string name, int at)
    {
        if (chunk.Length < 16)
            throw Wrong(name, at, $"expected 16 bytes or more in the chunk fmt, found {chunk.Length}", "The file is damaged: export it again");
        ushort kind = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (kind == Extensible && chunk.Length >= SubFormat + 2) kind = BinaryPrimitives.ReadUInt16LittleEndian(chunk[SubFormat..]);
        ushort channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]), bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        if ((kind, bits) is not ((Whole, 8 or 16 or 24 or 32) or (Floating, 32 or 64)))
        {
            throw Wrong(
                name, at, $"expected whole numbers (format 1) of 8, 16, 24 or 32 bits or floats (format 3) of 32 or 64, found format {kind} of {bits} bits",
                "Convert it to 16 bits, not compressed");
        }

        if (channels == 0 || rate is 0 or > int.MaxValue)
            throw Wrong(name, at, $"expected a channel or more and a sample rate above 0, found {channels} and {rate}", "The file is damaged: export it again");
        return new WavFormat((int)rate, channels, bits / 8, kind == Floating);
    }

    private static WavAudio Samples(ReadOnlySpan<byte> chunk, WavFormat format, string name, int at)
    {
        int frame = format.Channels * format.Bytes;
        if (chunk.Length % frame != 0)
        {
            throw Wrong(
                name, at, $"expected whole samples of {format.Channels} channels with {format.Bytes} bytes each, found {chunk.Length} bytes, no multiple of {frame}", "The file is damaged: export it again");
        }

        var samples = new float[chunk.Length / format.Bytes];
        for (int i = 0; i < samples.Length; i++)
        {
            var one = chunk.Slice(i * format.Bytes, format.Bytes);
            samples[i] = format switch
            {
                { IsFloat: true, Bytes: 4 } => BinaryPrimitives.ReadSingleLittleEndian(one),
                { IsFloat: true } => (float)BinaryPrimitives.ReadDoubleLittleEndian(one),
                { Bytes: 1 } => (one[0] - 128) / 128f,
                { Bytes: 2 } => BinaryPrimitives.ReadInt16LittleEndian(one) / 32768f,
                { Bytes: 3 } => (one[0] | (one[1] << 8) | ((sbyte)one[2] << 16)) / 8388608f,
                _ => BinaryPrimitives.ReadInt32LittleEndian(one) / 2147483648f,
            };
            if (!float.IsFinite(samples[i])) throw Wrong(name, at, $"expected finite numbers, found {samples[i]} as number {i}", "Export it again");
        }

        return new WavAudio(format.SampleRate, format.Channels, samples);
    }

    private static string Shown(ReadOnlySpan<byte> bytes) => QuotedText.Of(Encoding.Latin1.GetString(bytes[..Math.Min(12, bytes.Length)]));

    private static InvalidDataException Wrong(string name, int at, FormattableString problem, string remedy) => new(
        string.Create(CultureInfo.InvariantCulture, $"{QuotedText.Line(name, 300)}, byte {at}: {problem.ToString(CultureInfo.InvariantCulture)}. {remedy}."));

    private sealed record WavFormat(int SampleRate, int Channels, int Bytes, bool IsFloat);
}
