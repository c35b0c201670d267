using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace DLCompiler.Kernels.Tests;

/// <summary>Writes PNG files: the other direction, from the recommendation alone.</summary>
internal static class PngText
{
    private static readonly byte[] signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A file from rows of samples.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">Bits of a sample.</param>
    /// <param name="colour">The colour type.</param>
    /// <param name="samples">Row-major, one byte a sample whatever the bits.</param>
    /// <param name="filter">The filter of a row.</param>
    /// <param name="extra">Chunks before the pixels.</param>
    /// <param name="parts">IDAT chunks that the pixels are cut into.</param>
    public static byte[] File(
        int width, int height, int bits, int colour, byte[] samples, Func<int, int>? filter = null, (string Type, byte[] Data)[]? extra = null, int parts = 1)
    {
        byte[] pixels = Compressed(Filtered(width, height, bits, Channels(colour), samples, filter ?? (_ => 0)));
        var result = new List<byte>(signature);
        result.AddRange(Chunk("IHDR", Header(width, height, bits, colour)));
        foreach (var (type, data) in extra ?? []) result.AddRange(Chunk(type, data));
        for (int part = 0; part < parts; part++)
            result.AddRange(Chunk("IDAT", pixels[(pixels.Length * part / parts)..(pixels.Length * (part + 1) / parts)]));
        result.AddRange(Chunk("IEND", []));
        return [.. result];
    }

    public static byte[] Grey(int width, int height, params byte[] samples) => File(width, height, 8, 0, samples);

    /// <summary>A file of given chunks.</summary>
    public static byte[] Of(params (string Type, byte[] Data)[] chunks) => [.. signature, .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Data))];

    public static byte[] Header(int width, int height, int bits, int colour, int interlacing = 0)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bits, (byte)colour, (byte)interlacing);
        return header;
    }

    public static byte[] Compressed(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var stream = new ZLibStream(result, CompressionLevel.Optimal)) stream.Write(bytes);
        return result.ToArray();
    }

    private static int Channels(int colour) => colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data], number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        byte[] length = [.. number];
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(body));
        return [.. length, .. body, .. number];
    }

    private static uint Checksum(byte[] bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte one in bytes)
        {
            sum ^= one;
            for (int bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320);
        }

        return ~sum;
    }

    private static byte[] Filtered(int width, int height, int bits, int channels, byte[] samples, Func<int, int> filter)
    {
        int length = (width * channels * bits + 7) / 8, distance = Math.Max(1, channels * bits / 8);
        byte[] above = new byte[length];
        var result = new List<byte>();
        for (int y = 0; y < height; y++)
        {
            byte[] row = Packed(samples.AsSpan(y * width * channels, width * channels), bits, length);
            result.Add((byte)filter(y));
            for (int i = 0; i < length; i++)
            {
                int left = i < distance ? 0 : row[i - distance], corner = i < distance ? 0 : above[i - distance];
                int prediction = filter(y) switch
                {
                    1 => left,
                    2 => above[i],
                    3 => (left + above[i]) / 2,
                    4 => Nearest(left, above[i], corner),
                    _ => 0,
                };
                result.Add((byte)(row[i] - prediction));
            }

            above = row;
        }

        return [.. result];
    }

    private static int Nearest(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        return new[] { left, above, corner }.MinBy(value => Math.Abs(estimate - value));
    }

    private static byte[] Packed(ReadOnlySpan<byte> samples, int bits, int length)
    {
        byte[] row = new byte[length];
        for (int i = 0; i < samples.Length; i++) row[i * bits / 8] |= (byte)(samples[i] << (8 - bits - i * bits % 8));
        return row;
    }
}
