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

    /// <summary>Checks that a layer that pads by itself is given no padding.</summary>
    public static void Same(bool same, int padding)
    {
        if (same && padding != 0) throw new System.ArgumentException("padding is given beside same or causal, which pad by themselves.", nameof(padding));
    }

    /// <summary>Images with the padding that gives ⌈size/stride⌉ positions.</summary>
    public static DenseArray<T> PadSame<T>(DenseArray<T> x, int kernel, int stride, int dilation)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int extent = Convolution.Extent(kernel, dilation);
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
        int extent = Convolution.Extent(kernel, dilation), height = shape[2] + (2 * padding), width = shape[3] + (2 * padding);
        if (extent <= System.Math.Min(height, width)) return;
        string spread = dilation == 1 ? string.Empty : $", dilated to {extent},";
        throw new ShapeMismatchException(
            $"{layer}: kernel {kernel}{spread} does not fit the padded input {height}×{width} of {shape}. Use a smaller kernel or more padding.");
    }
}
