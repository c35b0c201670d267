using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>
/// The transpose of a two-dimensional cross-correlation: x[n, c, i, j] adds x·w[c, o, ky, kx] to y[n, o, i·stride + ky·dilation − padding, …], where that is
/// inside, for the results o of c's group. Sums accumulate in double.
/// </summary>
internal static class TransposedConvolution
{
    /// <param name="x">[N, C, H, W]; C is divisible by the groups.</param>
    /// <param name="weight">[C, O/groups, KH, KW].</param>
    /// <param name="bias">[O], or null for none.</param>
    /// <param name="height">The result's height.</param>
    /// <param name="width">The result's width.</param>
    /// <param name="stride">The distance between the kernels of neighbouring inputs.</param>
    /// <param name="padding">Rows and columns cut off before the result.</param>
    /// <param name="dilation">The distance between the kernel's elements.</param>
    /// <param name="groups">Parts of the channels that don't see each other.</param>
    public static DenseArray<T> Apply<T>(
        DenseArray<T> x, DenseArray<T> weight, DenseArray<T>? bias, int height, int width, int stride, int padding, int dilation, int groups)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int channels = x.Shape[1], groupFilters = weight.Shape[1], filters = groupFilters * groups, plane = height * width;
        double[] sums = new double[x.Shape[0] * filters * plane];
        if (bias is not null)
        {
            for (int index = 0; index < sums.Length; index++) sums[index] = double.CreateTruncating(bias.Elements[index / plane % filters]);
        }

        for (int sample = 0; sample < x.Shape[0]; sample++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int firstFilter = channel / (channels / groups) * groupFilters;
                for (int filter = 0; filter < groupFilters; filter++)
                {
                    Span<double> result = sums.AsSpan(((sample * filters) + firstFilter + filter) * plane, plane);
                    Scatter(x, (sample * channels) + channel, weight, (channel * groupFilters) + filter, result, width, stride, padding, dilation);
                }
            }
        }

        var converted = new DenseArray<T>(new TensorShape(x.Shape[0], filters, height, width));
        for (int index = 0; index < sums.Length; index++) converted.Elements[index] = T.CreateTruncating(sums[index]);
        return converted;
    }

    // Adds the products of an image plane and a kernel plane; what falls outside of the result is lost.
    private static void Scatter<T>(
        DenseArray<T> x, int plane, DenseArray<T> weight, int kernelPlane, Span<double> result, int width, int stride, int padding, int dilation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = x.Shape[2], columns = x.Shape[3], kernelHeight = weight.Shape[2], kernelWidth = weight.Shape[3], height = result.Length / width;
        for (int position = 0; position < rows * columns; position++)
        {
            double value = double.CreateTruncating(x.Elements[(plane * rows * columns) + position]);
            for (int tap = 0; tap < kernelHeight * kernelWidth; tap++)
            {
                int row = (position / columns * stride) + (tap / kernelWidth * dilation) - padding;
                int column = (position % columns * stride) + (tap % kernelWidth * dilation) - padding;
                if ((uint)row >= (uint)height || (uint)column >= (uint)width) continue;
                result[(row * width) + column] += value * double.CreateTruncating(weight.Elements[(kernelPlane * kernelHeight * kernelWidth) + tap]);
            }
        }
    }
}
