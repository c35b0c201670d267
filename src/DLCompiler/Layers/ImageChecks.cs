using System;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>What the layers for images ask of their input, in the same words.</summary>
internal static class ImageChecks
{
    /// <summary>Checks that there are four axes.</summary>
    public static void Rank(string layer, TensorShape shape)
    {
        if (shape.Rank != 4) throw new ShapeMismatchException($"{layer} takes images [N, C, H, W], not {shape}. Reshape to four axes.");
    }

    /// <summary>Checks that there are three axes.</summary>
    public static void Sequence(string layer, TensorShape shape)
    {
        if (shape.Rank != 3) throw new ShapeMismatchException($"{layer} takes sequences [N, C, L], not {shape}. Reshape to three axes.");
    }

    /// <summary>Checks the numbers of a convolution.</summary>
    public static void Convolution(int filters, int kernel, int stride, int padding, int dilation, int groups, int input)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(input);
    }

    /// <summary>Checks that the groups divide the filters.</summary>
    public static void FilterGroups(int filters, int groups)
    {
        if (filters % groups != 0) throw new ArgumentException($"{groups} groups do not divide {filters} filters.", nameof(groups));
    }

    /// <summary>Checks the numbers of a transposed convolution.</summary>
    public static void Transposed(int filters, int kernel, int stride, int padding, int outputPadding, int dilation, int groups, int input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outputPadding);
        Convolution(filters, kernel, stride, padding, dilation, groups, input);
        FilterGroups(filters, groups);
        if (outputPadding >= Math.Max(stride, dilation))
        {
            throw new ArgumentException(
                $"the output padding {outputPadding} has to be less than the stride, {stride}, or less than the dilation, {dilation}.",
                nameof(outputPadding));
        }
    }

    /// <summary>Checks that a layer that pads by itself is given no padding.</summary>
    public static void Same(bool same, int padding)
    {
        if (same && padding != 0) throw new ArgumentException("padding is given beside same or causal, which pad by themselves.", nameof(padding));
    }

    /// <summary>Images with the padding that gives ⌈size/stride⌉ positions.</summary>
    public static DenseArray<T> PadSame<T>(DenseArray<T> x, int kernel, int stride, int dilation)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int extent = Operations.Convolution.Extent(kernel, dilation);
        (int top, int bottom) = PoolWindows.SamePadding(x.Shape[2], extent, stride);
        (int left, int right) = PoolWindows.SamePadding(x.Shape[3], extent, stride);
        return ImageShaping.ZeroPad(x, top, bottom, left, right);
    }

    /// <summary>Checks that the groups divide the channels.</summary>
    public static void Groups(string layer, TensorShape shape, int groups)
    {
        if (shape[1] % groups != 0)
            throw new ShapeMismatchException($"{layer} has {groups} groups, which do not divide the {shape[1]} channels (dimension 1) of {shape}.");
    }

    /// <summary>Checks that the kernel fits the padded image.</summary>
    public static void Window(string layer, TensorShape shape, int kernel, int padding, int dilation)
    {
        int extent = Operations.Convolution.Extent(kernel, dilation), height = shape[2] + (2 * padding), width = shape[3] + (2 * padding);
        if (extent <= Math.Min(height, width)) return;
        string spread = dilation == 1 ? string.Empty : $", dilated to {extent},";
        throw new ShapeMismatchException(
            $"{layer}: kernel {kernel}{spread} does not fit the padded input {height}×{width} of {shape}. Use a smaller kernel or more padding.");
    }
}
