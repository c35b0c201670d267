using System;
using System.Collections.Immutable;

namespace DLCompiler.Compiler.Shapes;

/// <summary>NumPy's rule for operands of different shapes: aligned at the last axis, sizes are equal or one of them is 1, missing axes count as 1.</summary>
public static class Broadcasting
{
    /// <summary>The common shape of two operands.</summary>
    /// <param name="result">The common shape, where there is one.</param>
    /// <param name="conflict">Else the first axis, counted in the longer of the two shapes, whose sizes don't fit.</param>
    public static bool TryCombine(Shape left, Shape right, out Shape result, out int conflict)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        ImmutableArray<Dimension>.Builder sizes = ImmutableArray.CreateBuilder<Dimension>(rank);
        for (conflict = 0; conflict < rank; conflict++)
        {
            (Dimension a, Dimension b) = (SizeAt(left, conflict, rank), SizeAt(right, conflict, rank));
            if (a != b && a != Dimension.One && b != Dimension.One)
            {
                result = default;
                return false;
            }

            sizes.Add(a == Dimension.One ? b : a);
        }

        conflict = -1;
        result = new Shape(sizes.MoveToImmutable());
        return true;
    }

    /// <summary>The size of an operand along an axis of the common shape: 1 where the operand lacks it.</summary>
    public static Dimension SizeAt(Shape shape, int axis, int rank) => axis < rank - shape.Rank ? Dimension.One : shape[axis - (rank - shape.Rank)];
}
