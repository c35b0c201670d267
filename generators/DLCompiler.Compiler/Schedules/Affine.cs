using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// An index as a linear function of the loop coordinates of a kernel: Constant + Σ Coefficients[axis] · coordinate[axis]. Broadcasts, permutations and
/// slices only change such functions, so they cost nothing where they are fused.
/// </summary>
public readonly record struct Affine(Dimension Constant, EquatableArray<Dimension> Coefficients)
{
    /// <summary>The index that is always the same.</summary>
    public static Affine Fixed(Dimension value, int axes) => new(value, Enumerable.Repeat(Dimension.Zero, axes).ToEquatableArray());

    /// <summary>The index that is one loop coordinate.</summary>
    public static Affine Coordinate(int axis, int axes) => new(Dimension.Zero, Enumerable.Range(0, axes)
        .Select(other => other == axis ? Dimension.One : Dimension.Zero).ToEquatableArray());

    /// <summary>The sum.</summary>
    public static Affine operator +(Affine left, Affine right) =>
        new(left.Constant + right.Constant, left.Coefficients.Zip(right.Coefficients, (a, b) => a + b).ToEquatableArray());

    /// <summary>The multiple.</summary>
    public static Affine operator *(Affine affine, Dimension factor) =>
        new(affine.Constant * factor, affine.Coefficients.Select(coefficient => coefficient * factor).ToEquatableArray());

    /// <summary>Whether the index is exactly one coordinate.</summary>
    public bool IsCoordinate(int axis)
    {
        if (Constant != Dimension.Zero) return false;
        for (int other = 0; other < Coefficients.Count; other++)
            if (Coefficients[other] != (other == axis ? Dimension.One : Dimension.Zero)) return false;
        return true;
    }

    /// <summary>Whether the index depends on a coordinate.</summary>
    public bool DependsOn(int axis) => Coefficients[axis] != Dimension.Zero;
}

/// <summary>The indices of a tensor's axes as functions of a kernel's loop coordinates.</summary>
public static class AffineMap
{
    /// <summary>Every axis its own coordinate.</summary>
    public static EquatableArray<Affine> Identity(int axes) => Enumerable.Range(0, axes).Select(axis => Affine.Coordinate(axis, axes)).ToEquatableArray();

    /// <summary>A linear function of the coordinates: the position in memory for given strides.</summary>
    public static Affine Position(IReadOnlyList<Affine> indices, IReadOnlyList<Dimension> strides, int axes)
    {
        Affine position = Affine.Fixed(Dimension.Zero, axes);
        for (int axis = 0; axis < indices.Count; axis++) position += indices[axis] * strides[axis];
        return position;
    }
}
