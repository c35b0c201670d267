using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;

namespace DLCompiler.Checkpoints;

/// <summary>Floats in files are little-endian, whatever the machine is.</summary>
internal static class LittleEndian
{
    public static void Read(Stream stream, Span<float> values)
    {
        stream.ReadExactly(MemoryMarshal.AsBytes(values));
        Reverse(values);
    }

    /// <summary>Writes the values; on a big-endian machine they are reversed in place on the way, so they are a copy that may change.</summary>
    public static void Write(Stream stream, Span<float> values)
    {
        Reverse(values);
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    private static void Reverse(Span<float> values)
    {
        if (BitConverter.IsLittleEndian) return;
        var words = MemoryMarshal.Cast<float, int>(values);
        BinaryPrimitives.ReverseEndianness(words, words);
    }
}
