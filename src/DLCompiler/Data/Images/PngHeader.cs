using System;
using System.Buffers.Binary;

namespace DLCompiler.Data;

/// <summary>What a PNG file's first chunk says.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Bits">Bits of a sample.</param>
/// <param name="Channels">Samples of a pixel; 1 with a palette.</param>
/// <param name="IsPalette">Whether samples are indices of colours.</param>
internal sealed record PngHeader(int Width, int Height, int Bits, int Channels, bool IsPalette)
{
    // Beyond any picture to learn from, so that a damaged header does not ask for gigabytes.
    private const uint MostPixels = 1 << 16;

    /// <summary>Bytes of a row, without its filter.</summary>
    public int RowBytes => (int)(((long)Width * Channels * Bits + 7) / 8);

    /// <summary>The distance to the byte that filters compare with.</summary>
    public int PixelBytes => Math.Max(1, Channels * Bits / 8);

    public static PngHeader Parse(PngChunks chunks, string name)
    {
        if (chunks.Next() != "IHDR" || chunks.Length != 13)
            throw PngReader.Invalid(name, $"it begins with the chunk {chunks.Type} of {chunks.Length} bytes, not with IHDR of 13. Copy or export it again");
        byte[] bytes = chunks.Bytes(most: 13);
        uint width = BinaryPrimitives.ReadUInt32BigEndian(bytes), height = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4));
        int bits = bytes[8], colour = bytes[9];
        if (width == 0 || height == 0) throw PngReader.Invalid(name, $"it has {width} x {height} pixels. Export it again");
        if (bits == 16) throw PngReader.Invalid(name, $"it has 16 bits a channel, and up to 8 are read. Convert it to 8 bits");
        if (bytes[12] == 1) throw PngReader.Invalid(name, $"it is interlaced (Adam7), which is not read. Save it without interlacing");
        int channels = colour switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        bool isKnown = channels == 1 ? bits is 1 or 2 or 4 or 8 : channels > 0 && bits == 8;
        if (!isKnown || bytes[10] != 0 || bytes[11] != 0 || bytes[12] != 0)
        {
            string methods = $"compression {bytes[10]}, filters {bytes[11]}, interlacing {bytes[12]}";
            throw PngReader.Invalid(name, $"its header names bits {bits}, colour type {colour}, {methods}, which PNG does not know. Export it again");
        }

        if (width > MostPixels || height > MostPixels || (long)width * channels * height > Array.MaxLength)
            throw PngReader.Invalid(name, $"{width} x {height} pixels are too many");
        return new PngHeader((int)width, (int)height, bits, channels, colour == 3);
    }

    /// <summary>Makes a byte of each sample: indices as they are, grey stretched to 0 to 255.</summary>
    public void Spread(ReadOnlySpan<byte> row, Span<byte> samples)
    {
        if (Bits == 8)
        {
            row.CopyTo(samples);
            return;
        }

        int perByte = 8 / Bits, mask = (1 << Bits) - 1, factor = IsPalette ? 1 : 255 / mask;
        for (int x = 0; x < samples.Length; x++) samples[x] = (byte)(((row[x / perByte] >> (8 - Bits - x % perByte * Bits)) & mask) * factor);
    }
}
