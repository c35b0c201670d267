using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>
/// Two-dimensional cross-correlation, which the field calls convolution:
/// y[n, o, i, j] = b[o] + Σ x[n, c, i·stride + ky·dilation − padding, …]·w[o, c, ky, kx] over the channels c of o's group. Sums accumulate in double.
/// </summary>
internal static class Convolution
{
    /// <param name="x">[N, C, H, W]; C is divisible by the groups and H, W hold the kernel.</param>
    /// <param name="weight">[O, C/groups, KH, KW].</param>
    /// <param name="bias">[O], or null for none.</param>
    /// <param name="stride">The distance between positions.</param>
    /// <param name="padding">Rows and columns of zeros on each side.</param>
    /// <param name="dilation">The distance between the kernel's elements.</param>
    /// <param name="groups">Parts of the channels that don't see each other.</param>
    public static DenseArray<T> Apply<T>(DenseArray<T> x, DenseArray<T> weight, DenseArray<T>? bias, int stride, int padding, int dilation, int groups)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int filters = weight.Shape[0], groupChannels = weight.Shape[1], kernelHeight = weight.Shape[2], kernelWidth = weight.Shape[3];
        int rows = Pooling.Positions(x.Shape[2], Extent(kernelHeight, dilation), stride, padding);
        int columns = Pooling.Positions(x.Shape[3], Extent(kernelWidth, dilation), stride, padding);
        var result = new DenseArray<T>(new TensorShape(x.Shape[0], filters, rows, columns));
        int position = 0;
        for (int sample = 0; sample < x.Shape[0]; sample++)
        {
            for (int filter = 0; filter < filters; filter++)
            {
                int firstChannel = filter / (filters / groups) * groupChannels;
                for (int row = 0; row < rows; row++)
                {
                    for (int column = 0; column < columns; column++)
                    {
                        double sum = bias is null ? 0 : double.CreateTruncating(bias.Elements[filter]);
                        for (int channel = 0; channel < groupChannels; channel++)
                        {
                            int plane = (sample * x.Shape[1]) + firstChannel + channel, kernelPlane = (filter * groupChannels) + channel;
                            sum += Window(x, plane, (row * stride) - padding, (column * stride) - padding, weight, kernelPlane, dilation);
                        }

                        result.Elements[position++] = T.CreateTruncating(sum);
                    }
                }
            }
        }

        return result;
    }

    /// <summary>How many elements a dilated kernel spans.</summary>
    public static int Extent(int kernel, int dilation) => ((kernel - 1) * dilation) + 1;

    // The products of one kernel plane with the image plane under it; what lies in the padding contributes nothing.
    private static double Window<T>(DenseArray<T> x, int plane, int top, int left, DenseArray<T> weight, int kernelPlane, int dilation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int height = x.Shape[2], width = x.Shape[3], kernelHeight = weight.Shape[2], kernelWidth = weight.Shape[3];
        double sum = 0;
        for (int ky = 0; ky < kernelHeight; ky++)
        {
            for (int kx = 0; kx < kernelWidth; kx++)
            {
                int row = top + (ky * dilation), column = left + (kx * dilation);
                if ((uint)row >= (uint)height || (uint)column >= (uint)width) continue;
                sum += double.CreateTruncating(x.Elements[(((plane * height) + row) * width) + column])
                    * double.CreateTruncating(weight.Elements[(((kernelPlane * kernelHeight) + ky) * kernelWidth) + kx]);
            }
        }

        return sum;
    }
}
