using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Losses of pairs and triplets of vectors, of overlaps of samples, and of numbers with variances; terms are computed in double.</summary>
internal static class PairTerms
{
    // PyTorch's, so that roots of 0 have a gradient.
    private const double DistanceEpsilon = 1e-6, CosineEpsilon = 1e-12;

    public static DenseArray<T> CosineSimilarity<T>(DenseArray<T> x, DenseArray<T> other, int axis, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Same(x.Shape, other.Shape, "other");
        int resolved = x.Shape.ResolveAxis(axis, "compare");
        DenseArray<T> Sum(DenseArray<T> left, DenseArray<T> right) => Reductions.Sum(Elementwise.Multiply(left, right), resolved, keepDimensions: false);
        var lengths = Elementwise.Multiply(Elementwise.Sqrt(Sum(x, x)), Elementwise.Sqrt(Sum(other, other)));
        return Elementwise.Divide(Sum(x, other), lengths.Map(length => T.Max(length, T.CreateTruncating(epsilon))));
    }

    public static DenseArray<T> CosineEmbedding<T>(
        DenseArray<T> x, DenseArray<T> other, DenseArray<T> target, double margin, DenseArray<T>? weight, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Pairs(x, other, target, weight, reduction, (a, b, y) =>
        {
            double dot = 0, left = CosineEpsilon, right = CosineEpsilon;
            for (int i = 0; i < a.Length; i++) (dot, left, right) = (dot + (a[i] * b[i]), left + (a[i] * a[i]), right + (b[i] * b[i]));
            double cosine = dot / Math.Sqrt(left * right);
            return y > 0 ? 1 - cosine : Math.Max(0, cosine - margin);
        });

    public static DenseArray<T> Contrastive<T>(
        DenseArray<T> x, DenseArray<T> other, DenseArray<T> target, double margin, DenseArray<T>? weight, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Pairs(x, other, target, weight, reduction, (a, b, y) =>
        {
            double distance = Distance(a, b), gap = Math.Max(0, margin - distance);
            return (y * distance * distance) + ((1 - y) * gap * gap);
        });

    public static DenseArray<T> Triplet<T>(
        DenseArray<T> x, DenseArray<T> positive, DenseArray<T> negative, double margin, DenseArray<T>? weight, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Same(x.Shape, positive.Shape, "positive");
        Same(x.Shape, negative.Shape, "negative");
        var shape = Rows(x.Shape);
        double[] terms = new double[shape.ElementCount];
        for (int row = 0; row < terms.Length; row++)
        {
            double[] anchor = Row(x, row);
            terms[row] = Math.Max(0, Distance(anchor, Row(positive, row)) - Distance(anchor, Row(negative, row)) + margin);
        }

        return LossFunctions.Reduce(terms, shape, weight, reduction);
    }

    public static DenseArray<T> Dice<T>(DenseArray<T> x, DenseArray<T> target, double smooth, DenseArray<T>? weight, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Same(x.Shape, target.Shape, "target");
        if (!(smooth >= 0)) throw new ArgumentOutOfRangeException(nameof(smooth), smooth, "smooth is at least 0.");
        Rows(x.Shape);
        double[] terms = new double[x.Shape[0]];
        int length = x.Elements.Length / Math.Max(terms.Length, 1);
        for (int sample = 0; sample < terms.Length; sample++)
        {
            double both = 0, all = 0;
            for (int i = sample * length; i < (sample + 1) * length; i++)
            {
                double value = double.CreateTruncating(x.Elements[i]), goal = double.CreateTruncating(target.Elements[i]);
                (both, all) = (both + (value * goal), all + value + goal);
            }

            terms[sample] = 1 - (((2 * both) + smooth) / (all + smooth));
        }

        return LossFunctions.Reduce(terms, new TensorShape(terms.Length), weight, reduction);
    }

    public static DenseArray<T> Gaussian<T>(
        DenseArray<T> x, DenseArray<T> target, DenseArray<T> variance, bool full, double epsilon, DenseArray<T>? weight, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Same(x.Shape, target.Shape, "target");
        Same(x.Shape, variance.Shape, "variance");
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon is positive.");
        double[] terms = new double[x.Elements.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            double bounded = Math.Max(double.CreateTruncating(variance.Elements[i]), epsilon);
            double difference = double.CreateTruncating(x.Elements[i]) - double.CreateTruncating(target.Elements[i]);
            terms[i] = (0.5 * (Math.Log(bounded) + (difference * difference / bounded))) + (full ? 0.5 * Math.Log(2 * Math.PI) : 0);
        }

        return LossFunctions.Reduce(terms, x.Shape, weight, reduction);
    }

    private static DenseArray<T> Pairs<T>(
        DenseArray<T> x, DenseArray<T> other, DenseArray<T> target, DenseArray<T>? weight, Reduction reduction, Func<double[], double[], double, double> term)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Same(x.Shape, other.Shape, "other");
        var shape = Rows(x.Shape);
        Same(shape, target.Shape, "target");
        double[] terms = new double[shape.ElementCount];
        for (int row = 0; row < terms.Length; row++) terms[row] = term(Row(x, row), Row(other, row), double.CreateTruncating(target.Elements[row]));
        return LossFunctions.Reduce(terms, shape, weight, reduction);
    }

    private static TensorShape Rows(TensorShape shape) =>
        shape.Rank >= 2 ? shape.Without(shape.Rank - 1) : throw new ShapeMismatchException($"the loss takes [N, features], not {shape}. Reshape to two axes.");

    private static void Same(TensorShape expected, TensorShape actual, string name)
    {
        if (expected != actual) throw new ShapeMismatchException($"{name} has shape {actual} instead of {expected}. Reshape it.");
    }

    private static double[] Row<T>(DenseArray<T> x, int row)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Array.ConvertAll(x.Elements.AsSpan(row * x.Shape[^1], x.Shape[^1]).ToArray(), double.CreateTruncating);

    private static double Distance(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i] + DistanceEpsilon) * (a[i] - b[i] + DistanceEpsilon);
        return Math.Sqrt(sum);
    }
}
