using System;

namespace DLCompiler.Data;

/// <summary>The cyclic redundancy check of PNG (ISO 3309; annex D of the recommendation), byte by byte from a table.</summary>
internal static class PngChecksum
{
    /// <summary>What a sum begins with, and what it is combined with at its end.</summary>
    public const uint Start = uint.MaxValue;

    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] table = Table();

    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes) sum = table[(byte)sum ^ one] ^ (sum >> 8);
        return sum;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ ((value & 1) == 0 ? 0 : Polynomial);
            table[i] = value;
        }

        return table;
    }
}
