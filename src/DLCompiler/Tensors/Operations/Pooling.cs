using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Windows over images [N, C, H, W] and sequences [N, C, L].</summary>
internal static class Pooling
{
    public static DenseArray<T> Max<T>(DenseArray<T> x, int size, int stride, int padding, bool ceilMode, bool same)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Max(Images(x), Sliding(x, 2, size, stride, padding, ceilMode, same, true), Sliding(x, 3, size, stride, padding, ceilMode, same, true));

    public static DenseArray<T> Average<T>(DenseArray<T> x, int size, int stride, int padding, bool ceilMode, bool same, bool countPadding)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Average(
            Images(x), Sliding(x, 2, size, stride, padding, ceilMode, same, countPadding), Sliding(x, 3, size, stride, padding, ceilMode, same, countPadding));

    public static DenseArray<T> LineMax<T>(DenseArray<T> x, int size, int stride, int padding, bool ceilMode, bool same)
        where T : unmanaged, IFloatingPointIeee754<T>
        => FromImages(Max(Lines(x), PoolWindows.Single, Sliding(Lines(x), 3, size, stride, padding, ceilMode, same, true)));

    public static DenseArray<T> LineAverage<T>(DenseArray<T> x, int size, int stride, int padding, bool ceilMode, bool same, bool countPadding)
        where T : unmanaged, IFloatingPointIeee754<T>
        => FromImages(Average(Lines(x), PoolWindows.Single, Sliding(Lines(x), 3, size, stride, padding, ceilMode, same, countPadding)));

    public static DenseArray<T> AdaptiveMax<T>(DenseArray<T> x, int height, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Max(Images(x), Adaptive(x, 2, height), Adaptive(x, 3, Width(height, width)));

    public static DenseArray<T> AdaptiveAverage<T>(DenseArray<T> x, int height, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Average(Images(x), Adaptive(x, 2, height), Adaptive(x, 3, Width(height, width)));

    public static DenseArray<T> AdaptiveLineMax<T>(DenseArray<T> x, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
        => FromImages(Max(Lines(x), PoolWindows.Single, Adaptive(Lines(x), 3, length)));

    public static DenseArray<T> AdaptiveLineAverage<T>(DenseArray<T> x, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
        => FromImages(Average(Lines(x), PoolWindows.Single, Adaptive(Lines(x), 3, length)));

    /// <summary>How many positions a window, dilated perhaps, has along an axis.</summary>
    /// <param name="size">The axis' size.</param>
    /// <param name="window">The window's extent.</param>
    /// <param name="stride">The distance between positions.</param>
    /// <param name="padding">What is added on each side.</param>
    public static int Positions(int size, int window, int stride, int padding) =>
        size + (2 * padding) < window ? 0 : ((size + (2 * padding) - window) / stride) + 1;

    private static int Width(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        return width == 0 ? height : width;
    }

    private static DenseArray<T> Images<T>(DenseArray<T> x)
        where T : unmanaged
        => x.Rank == 4 ? x : throw new ShapeMismatchException($"can't pool {x.Shape}: pooling takes images [N, C, H, W]. Reshape to four axes.");

    private static DenseArray<T> Lines<T>(DenseArray<T> x)
        where T : unmanaged
        => x.Rank == 3
            ? x.WithShape(new TensorShape(x.Shape[0], x.Shape[1], 1, x.Shape[2]))
            : throw new ShapeMismatchException($"can't pool {x.Shape}: pooling takes sequences [N, C, L]. Reshape to three axes.");

    private static DenseArray<T> FromImages<T>(DenseArray<T> x)
        where T : unmanaged
        => x.WithShape(new TensorShape(x.Shape[0], x.Shape[1], x.Shape[3]));

    private static PoolWindow[] Adaptive<T>(DenseArray<T> x, int axis, int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return PoolWindows.Adaptive(Images(x).Shape[axis], count);
    }

    private static PoolWindow[] Sliding<T>(DenseArray<T> x, int axis, int size, int stride, int padding, bool ceilMode, bool same, bool countPadding)
        where T : unmanaged
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

        if (same && (padding > 0 || ceilMode)) throw new ArgumentException("same pads by itself: padding and ceilMode say nothing beside it.", nameof(same));
        int length = Images(x).Shape[axis];
        PoolWindow[] windows = PoolWindows.Sliding(length, size, stride == 0 ? size : stride, padding, ceilMode, same, countPadding);
        return windows.Length > 0
            ? windows
            : throw new ShapeMismatchException(
                $"can't pool {x.Shape} with a window of {size}×{size}: "
                + $"it does not fit the padded input {x.Shape[2] + (2 * padding)}×{x.Shape[3] + (2 * padding)}. Use a smaller window or more padding.");
    }

    private static DenseArray<T> Max<T>(DenseArray<T> x, PoolWindow[] rows, PoolWindow[] columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Combine(x, rows, columns, double.NegativeInfinity, Math.Max, (value, _) => value);

    private static DenseArray<T> Average<T>(DenseArray<T> x, PoolWindow[] rows, PoolWindow[] columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Combine(x, rows, columns, 0, (sum, value) => sum + value, (sum, counted) => sum / counted);

    private static DenseArray<T> Combine<T>(
        DenseArray<T> x, PoolWindow[] rows, PoolWindow[] columns, double seed, Func<double, double, double> accumulate, Func<double, int, double> finish)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int height = x.Shape[2], width = x.Shape[3];
        var result = new DenseArray<T>(new TensorShape(x.Shape[0], x.Shape[1], rows.Length, columns.Length));
        int position = 0;
        for (int plane = 0; plane < x.Shape[0] * x.Shape[1]; plane++)
        {
            foreach (var row in rows)
            {
                foreach (var column in columns)
                {
                    double value = seed;
                    for (int y = row.From; y < row.To; y++)
                    {
                        for (int z = column.From; z < column.To; z++)
                            value = accumulate(value, double.CreateTruncating(x.Elements[(((plane * height) + y) * width) + z]));
                    }

                    result.Elements[position++] = T.CreateTruncating(finish(value, row.Counted * column.Counted));
                }
            }
        }

        return result;
    }
}
