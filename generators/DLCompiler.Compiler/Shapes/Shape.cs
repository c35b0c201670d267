using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace DLCompiler.Compiler.Shapes;

/// <summary>The sizes of a tensor's axes, outermost first. A scalar has rank 0.</summary>
public readonly struct Shape(ImmutableArray<Dimension> dimensions) : IEquatable<Shape>, IReadOnlyList<Dimension>
{
    private readonly ImmutableArray<Dimension> dimensions = dimensions;

    /// <summary>A shape with the given sizes.</summary>
    public Shape(params Dimension[] dimensions) : this(ImmutableArray.Create(dimensions)) { }

    /// <summary>A shape with the given sizes.</summary>
    public Shape(IEnumerable<Dimension> dimensions) : this(dimensions.ToImmutableArray()) { }

    /// <summary>The shape of a single number.</summary>
    public static Shape Scalar { get; } = new(ImmutableArray<Dimension>.Empty);

    /// <summary>The sizes.</summary>
    public ImmutableArray<Dimension> Dimensions => dimensions.IsDefault ? ImmutableArray<Dimension>.Empty : dimensions;

    /// <summary>The number of axes.</summary>
    public int Rank => Dimensions.Length;

    int IReadOnlyCollection<Dimension>.Count => Rank;

    /// <summary>The product of all sizes.</summary>
    public Dimension ElementCount => Dimensions.Aggregate(Dimension.One, (product, size) => product * size);

    /// <summary>Whether every size is known at compile time.</summary>
    public bool IsConstant => Dimensions.All(size => size.IsConstant);

    /// <summary>The size of an axis.</summary>
    public Dimension this[int axis] => Dimensions[axis];

    /// <summary>This shape with another size on one axis.</summary>
    public Shape With(int axis, Dimension size) => new(Dimensions.SetItem(axis, size));

    /// <inheritdoc/>
    public bool Equals(Shape other) => Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Dimensions.Aggregate(19, (hash, size) => unchecked((hash * 31) + size.GetHashCode()));

    /// <summary>Compares by content.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Compares by content.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>As diagnostics show it: <c>[N, 16, 5, 5]</c>.</summary>
    public override string ToString() => "[" + string.Join(", ", Dimensions) + "]";

    /// <inheritdoc/>
    public IEnumerator<Dimension> GetEnumerator() => ((IEnumerable<Dimension>)Dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
