using System;

namespace DLCompiler.Operations;

/// <summary>NumPy's broadcasting: shapes aligned at the innermost axis; an axis of size 1, or a missing one, repeats.</summary>
internal static class Broadcasting
{
    /// <summary>The shape two operands broadcast to.</summary>
    /// <param name="left">The left shape.</param>
    /// <param name="right">The right shape.</param>
    /// <param name="operation">What is being done, for the message: <c>add</c>.</param>
    public static TensorShape Shapes(TensorShape left, TensorShape right, string operation)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int leftSize = SizeAt(left, axis, rank), rightSize = SizeAt(right, axis, rank);
            if (leftSize != rightSize && leftSize != 1 && rightSize != 1)
            {
                throw new ShapeMismatchException(
                    $"can't {operation} {left} and {right}: dimension {axis} is {leftSize} on the left and {rightSize} on the right. "
                    + "Make them equal, or one of them 1.");
            }

            sizes[axis] = leftSize == 1 ? rightSize : leftSize;
        }

        return new TensorShape(sizes);
    }

    /// <summary>Repeats an array to a shape that it broadcasts to.</summary>
    public static DenseArray<T> To<T>(DenseArray<T> source, TensorShape shape)
        where T : unmanaged
    {
        if (source.Shape == shape) return source;
        var result = new DenseArray<T>(shape);
        int[] strides = source.Shape.Strides(), resultStrides = shape.Strides();
        int missing = shape.Rank - source.Rank;
        for (int index = 0; index < result.Elements.Length; index++)
        {
            int offset = 0;
            for (int axis = 0; axis < source.Rank; axis++)
            {
                int position = index / resultStrides[axis + missing] % shape[axis + missing];
                if (source.Shape[axis] != 1) offset += position * strides[axis];
            }

            result.Elements[index] = source.Elements[offset];
        }

        return result;
    }

    private static int SizeAt(TensorShape shape, int axis, int rank)
    {
        int own = axis - (rank - shape.Rank);
        return own < 0 ? 1 : shape[own];
    }
}
