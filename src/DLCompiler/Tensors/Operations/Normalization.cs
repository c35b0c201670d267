using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Softmax and batch normalisation with given statistics. Both compute in double and round once.</summary>
internal static class Normalization
{
    public static DenseArray<T> Softmax<T>(DenseArray<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int resolved = x.Shape.ResolveAxis(axis, "take the softmax");
        int size = x.Shape[resolved], inner = x.Shape.Product(resolved + 1, x.Rank);
        var result = new DenseArray<T>(x.Shape);
        double[] line = new double[size];
        for (int index = 0; index < x.Elements.Length / Math.Max(size, 1); index++)
        {
            int first = (index / inner * size * inner) + (index % inner);
            for (int position = 0; position < size; position++) line[position] = double.CreateTruncating(x.Elements[first + (position * inner)]);
            double logarithm = LogSumExp(line);
            for (int position = 0; position < size; position++)
            {
                result.Elements[first + (position * inner)] = T.CreateTruncating(Math.Exp(line[position] - logarithm));
            }
        }

        return result;
    }

    /// <summary>log Σ exp(xᵢ), shifted by the maximum.</summary>
    public static double LogSumExp(ReadOnlySpan<double> line)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double value in line) largest = Math.Max(largest, value);
        foreach (double value in line) sum += Math.Exp(value - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>(x − mean)/√(variance + ε)·gamma + beta, with one number of each per channel, axis 1 (Ioffe and Szegedy 2015).</summary>
    public static DenseArray<T> Batch<T>(DenseArray<T> x, DenseArray<T> gamma, DenseArray<T> beta, DenseArray<T> mean, DenseArray<T> variance, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 2)
        {
            throw new ShapeMismatchException($"can't normalise {x.Shape}: batch normalisation takes [N, C] or [N, C, …]. Reshape to at least two axes.");
        }
        int channels = x.Shape[1], inner = x.Shape.Product(2, x.Rank);
        foreach (var parameter in (ReadOnlySpan<DenseArray<T>>)[gamma, beta, mean, variance])
        {
            if (parameter.Rank != 1 || parameter.Shape[0] != channels)
            {
                throw new ShapeMismatchException(
                    $"can't normalise {x.Shape} with statistics or factors of shape {parameter.Shape}: "
                    + $"dimension 1 has {channels} channels. Use one number for each.");
            }
        }

        var result = new DenseArray<T>(x.Shape);
        for (int index = 0; index < x.Elements.Length; index++)
        {
            int channel = index / inner % channels;
            double centred = double.CreateTruncating(x.Elements[index]) - double.CreateTruncating(mean.Elements[channel]);
            double deviation = Math.Sqrt(double.CreateTruncating(variance.Elements[channel]) + epsilon);
            result.Elements[index] = T.CreateTruncating(
                (centred / deviation * double.CreateTruncating(gamma.Elements[channel])) + double.CreateTruncating(beta.Elements[channel]));
        }

        return result;
    }
}
