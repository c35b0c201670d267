using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Normalisation of elements by those at the same position in neighbouring channels, axis 1.</summary>
internal static class NeighbourNormalization
{
    public static DenseArray<T> Apply<T>(DenseArray<T> x, int size, double alpha, double beta, double k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int channels = x.Shape[1], inner = x.Shape.Product(2, x.Rank);
        var result = new DenseArray<T>(x.Shape);
        for (int index = 0; index < x.Elements.Length; index++)
        {
            int channel = index / inner % channels, first = Math.Max(0, channel - (size / 2)), last = Math.Min(channels, channel - (size / 2) + size);
            double sum = 0;
            for (int other = first; other < last; other++)
            {
                double value = double.CreateTruncating(x.Elements[index + ((other - channel) * inner)]);
                sum += value * value;
            }

            result.Elements[index] = T.CreateTruncating(double.CreateTruncating(x.Elements[index]) / Math.Pow(k + (alpha * sum / size), beta));
        }

        return result;
    }
}
