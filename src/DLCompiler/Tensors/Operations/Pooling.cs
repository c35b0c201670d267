using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Square windows over images [N, C, H, W].</summary>
internal static class Pooling
{
    public static DenseArray<T> Max<T>(DenseArray<T> x, int size, int stride, int padding)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Windows(x, size, stride, padding, double.NegativeInfinity, Math.Max, result => result);

    // Padding counts: the divisor is the whole window.
    public static DenseArray<T> Average<T>(DenseArray<T> x, int size, int stride, int padding)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Windows(x, size, stride, padding, 0, (sum, value) => sum + value, sum => sum / (size * size));

    /// <summary>Checks a window's numbers and gives its stride, which 0 leaves to the size.</summary>
    public static int CheckWindow(int size, int stride, int padding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(stride);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        if (padding > size / 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(padding),
                padding,
                $"padding {padding} is more than half of the window's size {size}: some windows would hold padding only.");
        }

        return stride == 0 ? size : stride;
    }

    /// <summary>How many positions a window, dilated perhaps, has along an axis.</summary>
    /// <param name="size">The axis' size.</param>
    /// <param name="window">The window's extent.</param>
    /// <param name="stride">The distance between positions.</param>
    /// <param name="padding">What is added on each side.</param>
    public static int Positions(int size, int window, int stride, int padding) =>
        size + (2 * padding) < window ? 0 : ((size + (2 * padding) - window) / stride) + 1;

    private static DenseArray<T> Windows<T>(
        DenseArray<T> x, int size, int stride, int padding, double seed, Func<double, double, double> accumulate, Func<double, double> finish)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int step = CheckWindow(size, stride, padding);
        if (x.Rank != 4) throw new ShapeMismatchException($"can't pool {x.Shape}: pooling takes images [N, C, H, W]. Reshape to four axes.");
        int height = x.Shape[2], width = x.Shape[3];
        int rows = Positions(height, size, step, padding), columns = Positions(width, size, step, padding);
        if (rows < 1 || columns < 1)
        {
            throw new ShapeMismatchException(
                $"can't pool {x.Shape} with a window of {size}×{size}: "
                + $"it does not fit the padded input {height + (2 * padding)}×{width + (2 * padding)}. Use a smaller window or more padding.");
        }

        var result = new DenseArray<T>(new TensorShape(x.Shape[0], x.Shape[1], rows, columns));
        int position = 0;
        for (int plane = 0; plane < x.Shape[0] * x.Shape[1]; plane++)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    double value = seed;
                    for (int ky = 0; ky < size; ky++)
                    {
                        for (int kx = 0; kx < size; kx++)
                        {
                            int y = (row * step) + ky - padding, z = (column * step) + kx - padding;
                            if ((uint)y < (uint)height && (uint)z < (uint)width)
                            {
                                value = accumulate(value, double.CreateTruncating(x.Elements[(((plane * height) + y) * width) + z]));
                            }
                        }
                    }

                    result.Elements[position++] = T.CreateTruncating(finish(value));
                }
            }
        }

        return result;
    }
}
