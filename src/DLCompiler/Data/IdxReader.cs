using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;

namespace DLCompiler.Data;

/// <summary>
/// Reads IDX files, the format of MNIST (yann.lecun.com/exdb/mnist): two zero bytes, a byte for the element type, a byte for the number of dimensions, the
/// sizes as big-endian 32-bit integers, then the elements, big-endian and row-major.
/// </summary>
public static class IdxReader
{
    // Memory is taken as data arrive: a header that promises gigabytes costs nothing.
    private const int Chunk = 1 << 20;

    /// <summary>Reads a file, plain or compressed with gzip.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">The file is not an IDX file, is cut off, or goes on after its last element.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IdxArray Read(string path)
    {
        using var stream = MaybeCompressed.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream, not compressed, to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">The data are not IDX data, are cut off, or go on after the last element.</exception>
    public static IdxArray Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> head = stackalloc byte[4];
        ReadHeader(stream, head, name);
        if (head[0] != 0 || head[1] != 0) throw Invalid(name, $"it starts with {head[0]:X2} {head[1]:X2}, and an IDX file with 00 00");
        var type = (IdxElementType)head[2];
        if (!Enum.IsDefined(type)) throw Invalid(name, $"element type {head[2]:X2} is not one of 08, 09, 0B, 0C, 0D, 0E");
        if (head[3] == 0) throw Invalid(name, $"it has no dimensions");

        int[] shape = new int[head[3]];
        long bytes = IdxArray.Size(type);
        for (int i = 0; i < shape.Length; i++)
        {
            ReadHeader(stream, head, name);
            uint size = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (size > int.MaxValue) throw Invalid(name, $"dimension {i} is {size}");
            shape[i] = (int)size;

            // Held at just too large: no product overflows, and an empty array with absurd other sizes is just empty.
            bytes = Math.Min(bytes * size, Array.MaxLength + 1L);
        }

        if (bytes > Array.MaxLength) throw Invalid(name, $"an array of shape [{string.Join(", ", shape)}] is too large");
        byte[] data = ReadExactly(stream, (int)bytes, name);
        if (stream.ReadByte() >= 0) throw Invalid(name, $"data follow after the {bytes} bytes of an array of shape [{string.Join(", ", shape)}]");
        return new IdxArray(type, shape, (int)bytes / IdxArray.Size(type), data);
    }

    private static void ReadHeader(Stream stream, Span<byte> bytes, string name)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Invalid(name, $"it ends within its header");
    }

    private static byte[] ReadExactly(Stream stream, int count, string name)
    {
        byte[] data = new byte[Math.Min(count, Chunk)];
        int read = 0;
        while (true)
        {
            read += stream.ReadAtLeast(data.AsSpan(read), data.Length - read, throwOnEndOfStream: false);
            if (read < data.Length) throw Invalid(name, $"it ends after {read} of {count} bytes of elements");
            if (read == count) return data;
            Array.Resize(ref data, (int)Math.Min(count, 2L * data.Length));
        }
    }

    private static InvalidDataException Invalid(string name, FormattableString why) =>
        new($"{name} is not a valid IDX file: {why.ToString(CultureInfo.InvariantCulture)}. Copy or download it again.");
}
