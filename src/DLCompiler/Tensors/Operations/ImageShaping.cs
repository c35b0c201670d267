using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Images [N, C, H, W] that become smaller or larger without weights.</summary>
internal static class ImageShaping
{
    public static DenseArray<T> GlobalAvgPool<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Reductions.Mean(Planes("GlobalAvgPool", x), 2, keepDimensions: false);

    public static DenseArray<T> GlobalMaxPool<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Reductions.Max(Planes("GlobalMaxPool", x), 2, keepDimensions: false);

    public static DenseArray<T> ZeroPad<T>(DenseArray<T> x, int top, int bottom, int left, int right)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSides(top, bottom, left, right);
        ImageChecks.Rank("ZeroPad", x.Shape);
        return Pick(x, x.Shape[1], x.Shape[2] + top + bottom, x.Shape[3] + left + right, (channel, row, column) => (channel, row - top, column - left));
    }

    public static DenseArray<T> Crop<T>(DenseArray<T> x, int top, int bottom, int left, int right)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSides(top, bottom, left, right);
        ImageChecks.Rank("Crop", x.Shape);
        int height = x.Shape[2] - top - bottom, width = x.Shape[3] - left - right;
        if (height < 1 || width < 1)
            throw new ShapeMismatchException($"can't crop {x.Shape} by {top}, {bottom}, {left} and {right}: nothing is left. Take less.");
        return Pick(x, x.Shape[1], height, width, (channel, row, column) => (channel, row + top, column + left));
    }

    public static DenseArray<T> UpsampleNearest<T>(DenseArray<T> x, int scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ImageChecks.Rank("UpsampleNearest", x.Shape);
        return Pick(x, x.Shape[1], x.Shape[2] * scale, x.Shape[3] * scale, (channel, row, column) => (channel, row / scale, column / scale));
    }

    public static DenseArray<T> UpsampleBilinear<T>(DenseArray<T> x, int scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ImageChecks.Rank("UpsampleBilinear", x.Shape);
        return Bilinear(x, x.Shape[2] * scale, x.Shape[3] * scale);
    }

    public static DenseArray<T> ResizeBilinear<T>(DenseArray<T> x, int height, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ImageChecks.Rank("ResizeBilinear", x.Shape);
        return Bilinear(x, height, width == 0 ? height : width);
    }

    public static DenseArray<T> PixelShuffle<T>(DenseArray<T> x, int scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ImageChecks.Rank("PixelShuffle", x.Shape);
        int block = scale * scale;
        if (x.Shape[1] % block != 0)
            throw new ShapeMismatchException($"can't shuffle {x.Shape}: {scale}×{scale} pixels are made of {block} channels. Use a multiple of {block}.");
        return Pick(
            x, x.Shape[1] / block, x.Shape[2] * scale, x.Shape[3] * scale,
            (channel, row, column) => ((channel * block) + (row % scale * scale) + (column % scale), row / scale, column / scale));
    }

    // Pixels have their values in their middles; beyond the outermost ones it is their value.
    private static DenseArray<T> Bilinear<T>(DenseArray<T> x, int height, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = x.Shape[2], columns = x.Shape[3];
        var result = new DenseArray<T>(new TensorShape(x.Shape[0], x.Shape[1], height, width));
        for (int index = 0; index < result.Elements.Length; index++)
        {
            int column = index % width, row = index / width % height, plane = index / width / height;
            (int top, int bottom, double down) = Neighbours(row, rows, height);
            (int left, int right, double along) = Neighbours(column, columns, width);
            double At(int y, int z) => double.CreateTruncating(x.Elements[(((plane * rows) + y) * columns) + z]);
            double above = ((1 - along) * At(top, left)) + (along * At(top, right)), below = ((1 - along) * At(bottom, left)) + (along * At(bottom, right));
            result.Elements[index] = T.CreateTruncating(((1 - down) * above) + (down * below));
        }

        return result;
    }

    // The pixels before and after a result, and the share of the second.
    private static (int Before, int After, double Share) Neighbours(int result, int size, int wanted)
    {
        double place = Math.Clamp(((result + 0.5) * size / wanted) - 0.5, 0, size - 1);
        int before = (int)place;
        return (before, Math.Min(before + 1, size - 1), place - before);
    }

    // Each pixel from one of the source, or 0 where there is none.
    private static DenseArray<T> Pick<T>(
        DenseArray<T> x, int channels, int height, int width, Func<int, int, int, (int Channel, int Row, int Column)> source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new DenseArray<T>(new TensorShape(x.Shape[0], channels, height, width));
        for (int index = 0; index < result.Elements.Length; index++)
        {
            int column = index % width, row = index / width % height, channel = index / width / height % channels, sample = index / width / height / channels;
            var from = source(channel, row, column);
            if ((uint)from.Row < (uint)x.Shape[2] && (uint)from.Column < (uint)x.Shape[3])
                result.Elements[index] = x.Elements[(((((sample * x.Shape[1]) + from.Channel) * x.Shape[2]) + from.Row) * x.Shape[3]) + from.Column];
        }

        return result;
    }

    private static DenseArray<T> Planes<T>(string operation, DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ImageChecks.Rank(operation, x.Shape);
        return x.WithShape(new TensorShape(x.Shape[0], x.Shape[1], x.Shape[2] * x.Shape[3]));
    }

    private static void CheckSides(params ReadOnlySpan<int> sides)
    {
        foreach (int side in sides) ArgumentOutOfRangeException.ThrowIfNegative(side);
    }
}
