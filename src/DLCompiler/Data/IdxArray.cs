using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace DLCompiler.Data;

/// <summary>The types of elements in IDX files, by the format's codes.</summary>
public enum IdxElementType
{
    /// <summary>8 bits, unsigned.</summary>
    Byte = 0x08,

    /// <summary>8 bits, signed.</summary>
    SByte = 0x09,

    /// <summary>16 bits, signed.</summary>
    Int16 = 0x0B,

    /// <summary>32 bits, signed.</summary>
    Int32 = 0x0C,

    /// <summary>32 bits, floating point.</summary>
    Single = 0x0D,

    /// <summary>64 bits, floating point.</summary>
    Double = 0x0E,
}

/// <summary>What an IDX file holds: an array of numbers.</summary>
public sealed class IdxArray
{
    private readonly byte[] bytes;

    internal IdxArray(IdxElementType elementType, int[] shape, int length, byte[] bytes)
    {
        ElementType = elementType;
        Shape = shape;
        Length = length;
        this.bytes = bytes;
    }

    /// <summary>The elements' type in the file.</summary>
    public IdxElementType ElementType { get; }

    /// <summary>The array's shape.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements as floats, row-major.</summary>
    public float[] ToSingles()
    {
        var result = new float[Length];
        if (ElementType == IdxElementType.Byte)
        {
            // Images are large and bytes.
            for (int i = 0; i < result.Length; i++) result[i] = bytes[i];
            return result;
        }

        for (int i = 0; i < result.Length; i++) result[i] = (float)Element(i);
        return result;
    }

    /// <summary>The elements as integers, row-major; fractions are cut off.</summary>
    /// <exception cref="OverflowException">An element is no 32-bit integer.</exception>
    public int[] ToInt32s()
    {
        var result = new int[Length];
        for (int i = 0; i < result.Length; i++) result[i] = checked((int)Element(i));
        return result;
    }

    internal static int Size(IdxElementType type) => type switch
    {
        IdxElementType.Byte or IdxElementType.SByte => 1,
        IdxElementType.Int16 => 2,
        IdxElementType.Int32 or IdxElementType.Single => 4,
        _ => 8,
    };

    // A double holds every value of every type; numbers are big-endian.
    private double Element(int index)
    {
        var element = bytes.AsSpan(index * Size(ElementType));
        return ElementType switch
        {
            IdxElementType.Byte => element[0],
            IdxElementType.SByte => (sbyte)element[0],
            IdxElementType.Int16 => BinaryPrimitives.ReadInt16BigEndian(element),
            IdxElementType.Int32 => BinaryPrimitives.ReadInt32BigEndian(element),
            IdxElementType.Single => BinaryPrimitives.ReadSingleBigEndian(element),
            _ => BinaryPrimitives.ReadDoubleBigEndian(element),
        };
    }
}
