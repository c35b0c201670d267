using System;

namespace DLCompiler;

/// <summary>What is taken of one axis in <c>x[.., 1..^1, ^1]</c>: a range of it, or one index, which takes the axis away.</summary>
public readonly struct AxisIndex : IEquatable<AxisIndex>
{
    private AxisIndex(Range range, bool isSingle) => (Range, IsSingle) = (range, isSingle);

    /// <summary>The part that is taken.</summary>
    public Range Range { get; }

    /// <summary>Whether it is one index, so that the axis disappears.</summary>
    public bool IsSingle { get; }

    /// <summary>One index from the start.</summary>
    public static implicit operator AxisIndex(int index) => new(new Range(index, index + 1), isSingle: true);

    /// <summary>One index from either end.</summary>
    public static implicit operator AxisIndex(Index index) =>
        new(new Range(index, index.IsFromEnd ? new Index(index.Value - 1, fromEnd: true) : index.Value + 1), isSingle: true);

    /// <summary>A part.</summary>
    public static implicit operator AxisIndex(Range range) => new(range, isSingle: false);

    /// <summary>Whether two take the same.</summary>
    public static bool operator ==(AxisIndex left, AxisIndex right) => left.Equals(right);

    /// <summary>Whether two take something else.</summary>
    public static bool operator !=(AxisIndex left, AxisIndex right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AxisIndex other) => Range.Equals(other.Range) && IsSingle == other.IsSingle;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AxisIndex other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Range, IsSingle);
}
