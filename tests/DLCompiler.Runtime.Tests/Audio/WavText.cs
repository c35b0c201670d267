using System;
using System.Buffers.Binary;
using System.Linq;

namespace DLCompiler.Runtime.Tests.Audio;

/// <summary>WAV files as bytes.</summary>
internal static class WavText
{
    public static byte[] Of(params (string Type, byte[] Data)[] chunks)
    {
        byte[] content = [.. "WAVE"u8, .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Data))];
        return [.. "RIFF"u8, .. UInt32((uint)content.Length), .. content];
    }

    public static byte[] Format(int kind, int channels, int rate, int bits)
    {
        int frame = channels * bits / 8;
        return [.. UInt16(kind), .. UInt16(channels), .. UInt32((uint)rate), .. UInt32((uint)(rate * frame)), .. UInt16(frame), .. UInt16(bits)];
    }

    public static byte[] Extensible(int kind, int channels, int rate, int bits) =>
        [.. Format(0xFFFE, channels, rate, bits), .. UInt16(22), .. UInt16(bits), .. UInt32(0), .. UInt16(kind), .. new byte[14]];

    public static byte[] UInt16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Chunk(string type, byte[] data) => [.. type.Select(one => (byte)one), .. UInt32((uint)data.Length), .. data, .. new byte[data.Length & 1]];
}
