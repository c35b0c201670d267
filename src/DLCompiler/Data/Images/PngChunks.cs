using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace DLCompiler.Data;

/// <summary>The chunks of a PNG file in order: four bytes of length, four of type, the data, and four of a checksum, which is compared for what is read.</summary>
internal sealed class PngChunks(Stream stream, string name)
{
    private readonly byte[] head = new byte[8];
    private uint checksum;
    private int left;

    /// <summary>The type of the chunk.</summary>
    public string Type { get; private set; } = "";

    /// <summary>Bytes of the chunk.</summary>
    public int Length { get; private set; }

    /// <summary>Goes on to the next chunk; the one before has been read or skipped.</summary>
    public string Next()
    {
        ReadExactly(head);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
        checksum = PngChecksum.Add(PngChecksum.Start, head.AsSpan(4));
        Type = Encoding.Latin1.GetString(head, 4, 4);
        if (length > int.MaxValue || !IsType(head.AsSpan(4)))
        {
            string type = Convert.ToHexString(head.AsSpan(4));
            throw PngReader.Invalid(name, $"a chunk of {length} bytes with the type 0x{type} stands where there is none. Copy or export it again");
        }

        Length = left = (int)length;
        return Type;
    }

    /// <summary>The chunk's data, of which there may be only so many.</summary>
    public byte[] Bytes(int most)
    {
        if (Length > most) throw PngReader.Invalid(name, $"its chunk {Type} has {Length} bytes, and at most {most} are possible. Export it again");
        var bytes = new byte[Length];
        ReadExactly(bytes);
        left = 0;
        checksum = PngChecksum.Add(checksum, bytes);
        Check();
        return bytes;
    }

    /// <summary>The colours of a palette, three bytes each.</summary>
    public byte[] Palette()
    {
        byte[] palette = Bytes(most: 768);
        return palette.Length > 0 && palette.Length % 3 == 0 ? palette
            : throw PngReader.Invalid(name, $"its palette has {palette.Length} bytes, and a palette three for each colour. Export it again");
    }

    /// <summary>A part of the chunk's data; 0 at its end.</summary>
    public int Part(Span<byte> destination)
    {
        if (left == 0 || destination.Length == 0) return 0;
        int count = stream.Read(destination[..Math.Min(left, destination.Length)]);
        if (count == 0) throw Cut();
        checksum = PngChecksum.Add(checksum, destination[..count]);
        left -= count;
        if (left == 0) Check();
        return count;
    }

    /// <summary>Leaves the chunk out, without a look at its checksum.</summary>
    public void Skip()
    {
        Span<byte> part = stackalloc byte[512];
        for (long rest = left + 4L; rest > 0;)
        {
            int count = stream.Read(part[..(int)Math.Min(rest, part.Length)]);
            if (count == 0) throw Cut();
            rest -= count;
        }

        left = 0;
    }

    private void Check()
    {
        ReadExactly(head.AsSpan(0, 4));
        if (BinaryPrimitives.ReadUInt32BigEndian(head) != (checksum ^ PngChecksum.Start))
            throw PngReader.Invalid(name, $"the checksum of its chunk {Type} is wrong, so it is damaged. Copy or export it again");
    }

    private static bool IsType(ReadOnlySpan<byte> type)
    {
        foreach (byte letter in type)
        {
            if (!char.IsAsciiLetter((char)letter)) return false;
        }

        return true;
    }

    private void ReadExactly(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Cut();
    }

    private InvalidDataException Cut()
    {
        string place = Type.Length > 0 ? $" in or after its chunk {Type}" : "";
        return PngReader.Invalid(name, $"it is cut off{place}. Copy or export it again");
    }
}
