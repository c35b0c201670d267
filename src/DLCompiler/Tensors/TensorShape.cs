using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler;

/// <summary>The sizes of a tensor's axes, outermost first. A scalar has none.</summary>
public sealed class TensorShape : IReadOnlyList<int>, IEquatable<TensorShape>
{
    private readonly int[] sizes;

    /// <summary>Creates a shape.</summary>
    /// <param name="sizes">The sizes, outermost first.</param>
    /// <exception cref="ArgumentException">A size is negative, or the number of elements exceeds <see cref="int.MaxValue"/>.</exception>
    public TensorShape(params ReadOnlySpan<int> sizes)
    {
        this.sizes = sizes.ToArray();
        long count = 1;
        foreach (int size in sizes)
        {
            if (size < 0) throw new ArgumentException($"{Format(this.sizes)} is no shape: sizes can't be negative.", nameof(sizes));
            count *= size;
            if (count > int.MaxValue) throw new ArgumentException($"{Format(this.sizes)} has more than {int.MaxValue} elements.", nameof(sizes));
        }

        ElementCount = (int)count;
    }

    /// <summary>The number of axes.</summary>
    public int Rank => sizes.Length;

    /// <summary>The number of elements: the product of the sizes, 1 for a scalar.</summary>
    public int ElementCount { get; }

    int IReadOnlyCollection<int>.Count => sizes.Length;

    /// <summary>The size of an axis, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[int axis] => (uint)axis < (uint)sizes.Length
        ? sizes[axis]
        : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"{this} has no axis {axis}: it has {Rank} axes.");

    /// <summary>The size of an axis, counted from either end: <c>shape[^1]</c> is the innermost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[Index axis] => this[axis.GetOffset(sizes.Length)];

    /// <summary>Whether two shapes have the same sizes.</summary>
    public static bool operator ==(TensorShape? left, TensorShape? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(TensorShape? left, TensorShape? right) => !(left == right);

    /// <summary>The sizes, as a new array.</summary>
    public int[] ToArray() => [.. sizes];

    /// <inheritdoc/>
    public bool Equals(TensorShape? other) => other is not null && sizes.AsSpan().SequenceEqual(other.sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TensorShape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int size in sizes) hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>The sizes in brackets: <c>[2, 3]</c>.</summary>
    public override string ToString() => Format(sizes);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => sizes.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The sizes without copying.</summary>
    internal ReadOnlySpan<int> AsSpan() => sizes;

    /// <summary>Turns an axis that may be counted from the end (−1 is the innermost) into one counted from 0.</summary>
    internal int ResolveAxis(int axis, string operation)
    {
        int resolved = axis < 0 ? axis + Rank : axis;
        return (uint)resolved < (uint)Rank
            ? resolved
            : throw new ShapeMismatchException($"can't {operation} along axis {axis} of {this}: it has {Rank} axes. Use an axis from {-Rank} to {Rank - 1}.");
    }

    /// <summary>The shape with one axis' size replaced.</summary>
    internal TensorShape With(int axis, int size)
    {
        int[] result = ToArray();
        result[axis] = size;
        return new TensorShape(result);
    }

    /// <summary>The shape with one axis removed.</summary>
    internal TensorShape Without(int axis) => new([.. sizes.AsSpan(0, axis), .. sizes.AsSpan(axis + 1)]);

    /// <summary>The product of the sizes from one axis up to, not including, another.</summary>
    internal int Product(int first, int end)
    {
        int product = 1;
        for (int axis = first; axis < end; axis++) product *= sizes[axis];
        return product;
    }

    /// <summary>How far apart neighbours along each axis lie in row-major order.</summary>
    internal int[] Strides()
    {
        int[] strides = new int[sizes.Length];
        int stride = 1;
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= sizes[axis];
        }

        return strides;
    }

    private static string Format(int[] sizes) => $"[{string.Join(", ", sizes)}]";
}
