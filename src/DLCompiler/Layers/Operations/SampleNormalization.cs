using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Normalisation of each sample by itself, in double and rounded once.</summary>
internal static class SampleNormalization
{
    /// <summary>
    /// Each run of so many elements minus its mean, or not, divided by the root of the mean square plus ε, times a weight and plus a bias.
    /// </summary>
    public static DenseArray<T> Apply<T>(
        DenseArray<T> x, int run, bool centred, double epsilon, DenseArray<T> weight, DenseArray<T>? bias, Func<int, int> feature)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new DenseArray<T>(x.Shape);
        double[] line = new double[run];
        for (int first = 0; first < x.Elements.Length; first += run)
        {
            double mean = 0, square = 0;
            for (int i = 0; i < run; i++) mean += line[i] = double.CreateTruncating(x.Elements[first + i]);
            mean = centred ? mean / run : 0;
            for (int i = 0; i < run; i++) square += (line[i] - mean) * (line[i] - mean);
            double root = Math.Sqrt((square / run) + epsilon);
            for (int i = 0; i < run; i++)
            {
                int position = feature(first + i);
                double scaled = (line[i] - mean) / root * double.CreateTruncating(weight.Elements[position]);
                result.Elements[first + i] = T.CreateTruncating(bias is null ? scaled : scaled + double.CreateTruncating(bias.Elements[position]));
            }
        }

        return result;
    }
}
