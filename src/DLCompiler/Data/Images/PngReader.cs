using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;

namespace DLCompiler.Data;

/// <summary>
/// Reads PNG files (W3C Recommendation, second edition, 2003): grey, colour and palette, with and without alpha, of up to 8 bits a channel, all filters. 16 bits a
/// channel and interlaced files are refused. Chunks that don't change pixels (gamma, text) are skipped.
/// </summary>
public static class PngReader
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">The file is not a PNG file, is damaged, or of a kind that is not read.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static PngImage Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = ReadableFile.Open(path, bufferSize: 1 << 14);
        return Read(stream, path);
    }

    /// <summary>Reads a stream up to the end of its picture.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">The data are not PNG data, are damaged, or of a kind that is not read.</exception>
    public static PngImage Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> signature = stackalloc byte[8];
        int read = stream.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false);
        if (read < signature.Length || !signature.SequenceEqual(Signature))
        {
            string begin = read == 0 ? "is empty" : $"starts with {Convert.ToHexString(signature[..Math.Min(read, 4)])}";
            throw Invalid(name, $"it {begin}, and a PNG file with 89504E47. Is it a picture of another format, such as JPEG? Convert it to PNG");
        }

        var chunks = new PngChunks(stream, name);
        var header = PngHeader.Parse(chunks, name);
        byte[] palette = [], transparency = [];
        while (chunks.Next() != "IDAT")
        {
            switch (chunks.Type)
            {
                case "PLTE": palette = chunks.Palette(); break;
                case "tRNS": transparency = chunks.Bytes(most: 256); break;
                case "IEND": throw Invalid(name, $"it ends without pixels. Copy or export it again");
                default: chunks.Skip(); break;
            }
        }

        if (header.IsPalette && palette.Length == 0) throw Invalid(name, $"its colours come from a palette, and it has none. Export it again");
        byte[] samples = Unfilter(chunks, header, name);
        return header.IsPalette ? LookUp(header, samples, palette, transparency, name) : new PngImage(header.Width, header.Height, header.Channels, samples);
    }

    internal static InvalidDataException Invalid(string name, FormattableString why) =>
        new($"{name} can't be read as a PNG file: {why.ToString(CultureInfo.InvariantCulture)}.");

    // Decompresses row by row, undoes the filters, and spreads samples of fewer than 8 bits to bytes. Memory is taken as rows arrive: a header that promises
    // gigabytes costs nothing.
    private static byte[] Unfilter(PngChunks chunks, PngHeader header, string name)
    {
        using var pixels = new ZLibStream(new PngPixelStream(chunks), CompressionMode.Decompress);
        byte[] row = new byte[1 + header.RowBytes], before = new byte[1 + header.RowBytes];
        int width = header.Width * header.Channels;
        byte[] samples = new byte[Math.Min((long)width * header.Height, Math.Max(1 << 20, width))];
        for (int y = 0; y < header.Height; y++)
        {
            int read;
            try
            {
                read = pixels.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
            }
            catch (InvalidDataException exception) when (!exception.Message.StartsWith(name, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"{name} is damaged: its pixels can't be decompressed. Copy or export it again.", exception);
            }

            if (read < row.Length) throw Invalid(name, $"its pixels end after {y} of {header.Height} rows. Copy or export it again");
            if (!PngFilter.Undo(row, before, header.PixelBytes))
                throw Invalid(name, $"row {y} has the filter {row[0]}, and filters are 0 to 4. Copy or export it again");
            long end = (long)(y + 1) * width;
            if (end > samples.Length) Array.Resize(ref samples, (int)Math.Min((long)width * header.Height, Math.Max(end, 2L * samples.Length)));
            header.Spread(row.AsSpan(1), samples.AsSpan(y * width, width));
            (row, before) = (before, row);
        }

        return samples;
    }

    private static PngImage LookUp(PngHeader header, byte[] indices, byte[] palette, byte[] transparency, string name)
    {
        int colours = palette.Length / 3, channels = transparency.Length > 0 ? 4 : 3;
        int wrong = indices.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(colours - 1));
        if (wrong >= 0) throw Invalid(name, $"a pixel has the colour {indices[wrong]} of a palette with {colours}. Export it again");
        if ((long)indices.Length * channels > Array.MaxLength) throw Invalid(name, $"{header.Width} x {header.Height} pixels are too many");
        var pixels = new byte[indices.Length * channels];
        for (int i = 0; i < indices.Length; i++)
        {
            int colour = indices[i];
            palette.AsSpan(3 * colour, 3).CopyTo(pixels.AsSpan(channels * i));
            if (channels == 4) pixels[4 * i + 3] = colour < transparency.Length ? transparency[colour] : (byte)255;
        }

        return new PngImage(header.Width, header.Height, channels, pixels);
    }
}
