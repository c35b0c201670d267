using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>The matrix product with broadcast leading axes. Sums accumulate in double.</summary>
internal static class MatrixProduct
{
    public static DenseArray<T> Multiply<T>(DenseArray<T> left, DenseArray<T> right)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (left.Rank < 2 || right.Rank < 2)
        {
            throw new ShapeMismatchException(
                $"can't multiply {left.Shape} by {right.Shape}: a matrix product takes at least two axes on each side. Reshape the vector.");
        }

        int rows = left.Shape[^2], inner = left.Shape[^1], columns = right.Shape[^1];
        if (right.Shape[^2] != inner)
        {
            throw new ShapeMismatchException(
                $"can't multiply {left.Shape} by {right.Shape}: dimension {left.Rank - 1} is {inner} on the left "
                + $"and dimension {right.Rank - 2} is {right.Shape[^2]} on the right. "
                + "Make them equal, or transpose an operand.");
        }

        var leading = Broadcasting.Shapes(Leading(left.Shape), Leading(right.Shape), "multiply the matrices of");
        T[] a = Broadcasting.To(left, Append(leading, rows, inner)).Elements, b = Broadcasting.To(right, Append(leading, inner, columns)).Elements;
        var result = new DenseArray<T>(Append(leading, rows, columns));
        for (int matrix = 0; matrix < leading.ElementCount; matrix++)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    double sum = 0;
                    for (int k = 0; k < inner; k++)
                    {
                        sum += double.CreateTruncating(a[(((matrix * rows) + row) * inner) + k])
                            * double.CreateTruncating(b[(((matrix * inner) + k) * columns) + column]);
                    }

                    result.Elements[(((matrix * rows) + row) * columns) + column] = T.CreateTruncating(sum);
                }
            }
        }

        return result;
    }

    private static TensorShape Leading(TensorShape shape) => new(shape.AsSpan()[..^2]);

    private static TensorShape Append(TensorShape leading, int rows, int columns) => new([.. leading.AsSpan(), rows, columns]);
}
