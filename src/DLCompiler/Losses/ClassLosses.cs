using System;
using System.Linq;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Losses of class labels, or of probabilities for each class, along the last axis.</summary>
internal static class ClassLosses
{
    /// <summary>−log softmax(x)[label], or −x[label] of log-probabilities x; the mean divides by the weights of the labels that count.</summary>
    public static DenseArray<T> OfLabels<T>(
        DenseArray<T> x, DenseArray<int> labels, bool isLogarithm, double smoothing, int? ignoreIndex, float[]? classWeights, DenseArray<T>? weight,
        Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank == 0 || !x.Shape.AsSpan()[..^1].SequenceEqual(labels.Shape.AsSpan()))
        {
            string expected = x.Rank == 0
                ? "logits have a class axis"
                : $"labels have shape {x.Shape.Without(x.Rank - 1)}, one index for each row of logits";
            throw new ShapeMismatchException($"can't compare logits {x.Shape} with labels {labels.Shape}: {expected}.");
        }

        int classes = x.Shape[^1];
        Check(smoothing, classWeights, classes);
        double[] terms = new double[labels.Elements.Length], row = new double[classes];
        double divisor = 0;
        for (int index = 0; index < terms.Length; index++)
        {
            int label = labels.Elements[index];
            if (label == ignoreIndex) continue;
            if ((uint)label >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), label, $"label {label} at position {index} is no class: there are {classes}, counted from 0.");
            }

            Logarithms(x, index, isLogarithm, row);
            double all = 0;
            for (int position = 0; smoothing > 0 && position < classes; position++) all -= Weight(classWeights, position) * row[position];
            double labelWeight = Weight(classWeights, label);
            terms[index] = -((1 - smoothing) * labelWeight * row[label]) + (smoothing / classes * all);
            divisor += labelWeight;
        }

        return LossFunctions.Reduce(terms, labels.Shape, weight, reduction, divisor);
    }

    /// <summary>−Σ target·log softmax(x).</summary>
    public static DenseArray<T> OfProbabilities<T>(
        DenseArray<T> x, DenseArray<T> target, double smoothing, float[]? classWeights, DenseArray<T>? weight, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank == 0 || x.Shape != target.Shape)
            throw new ShapeMismatchException($"can't compare logits {x.Shape} with probabilities {target.Shape}: both have one number per class and row.");
        int classes = x.Shape[^1];
        Check(smoothing, classWeights, classes);
        var shape = x.Shape.Without(x.Rank - 1);
        double[] terms = new double[shape.ElementCount], row = new double[classes];
        for (int index = 0; index < terms.Length; index++)
        {
            Logarithms(x, index, isLogarithm: false, row);
            for (int position = 0; position < classes; position++)
            {
                double share = ((1 - smoothing) * double.CreateTruncating(target.Elements[(index * classes) + position])) + (smoothing / classes);
                terms[index] -= share * Weight(classWeights, position) * row[position];
            }
        }

        return LossFunctions.Reduce(terms, shape, weight, reduction);
    }

    private static double Weight(float[]? weights, int label) => weights is null ? 1 : weights[label];

    private static void Logarithms<T>(DenseArray<T> x, int index, bool isLogarithm, double[] row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int position = 0; position < row.Length; position++) row[position] = double.CreateTruncating(x.Elements[(index * row.Length) + position]);
        if (isLogarithm) return;
        double sum = Normalization.LogSumExp(row);
        for (int position = 0; position < row.Length; position++) row[position] -= sum;
    }

    private static void Check(double smoothing, float[]? classWeights, int classes)
    {
        if (!(smoothing is >= 0 and <= 1)) throw new ArgumentOutOfRangeException("labelSmoothing", smoothing, "the share is from 0 to 1.");
        if (classWeights is not null && classWeights.Length != classes)
            throw new ShapeMismatchException($"{classWeights.Length} weights for {classes} classes. Give one for each.");
    }
}
