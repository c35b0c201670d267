using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>The losses, each the mean over all elements or labels: a scalar, NaN if there are none. Terms and sums are computed in double.</summary>
internal static class LossFunctions
{
    // PyTorch's bound on the logarithms of binary cross-entropy, which keeps a certain but wrong prediction finite.
    private const double SmallestLogarithm = -100;

    public static DenseArray<T> SoftmaxCrossEntropy<T>(DenseArray<T> logits, DenseArray<int> labels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (logits.Rank == 0 || !logits.Shape.AsSpan()[..^1].SequenceEqual(labels.Shape.AsSpan()))
        {
            string expected = logits.Rank == 0
                ? "logits have a class axis"
                : $"labels have shape {logits.Shape.Without(logits.Rank - 1)}, one index for each row of logits";
            throw new ShapeMismatchException($"can't compare logits {logits.Shape} with labels {labels.Shape}: {expected}.");
        }

        int classes = logits.Shape[^1];
        double sum = 0;
        double[] row = new double[classes];
        for (int index = 0; index < labels.Elements.Length; index++)
        {
            int label = labels.Elements[index];
            if ((uint)label >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels),
                    label,
                    $"label {label} at position {index} is no class: there are {classes}, counted from 0.");
            }

            for (int position = 0; position < classes; position++) row[position] = double.CreateTruncating(logits.Elements[(index * classes) + position]);
            sum += Normalization.LogSumExp(row) - row[label];
        }

        return Reductions.Scalar<T>(sum / labels.Elements.Length);
    }

    public static DenseArray<T> MeanSquaredError<T>(DenseArray<T> x, DenseArray<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
        => MeanOf(x, target, (value, goal) => (value - goal) * (value - goal));

    public static DenseArray<T> SigmoidCrossEntropy<T>(DenseArray<T> logits, DenseArray<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
        => MeanOf(logits, target, SigmoidCrossEntropy);

    public static DenseArray<T> SigmoidCrossEntropy<T>(DenseArray<T> logits, double target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in logits.Elements) sum += SigmoidCrossEntropy(double.CreateTruncating(value), target);
        return Reductions.Scalar<T>(sum / logits.Elements.Length);
    }

    public static DenseArray<T> BinaryCrossEntropy<T>(DenseArray<T> probabilities, DenseArray<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
        => MeanOf(probabilities, target, (value, goal) => -((goal * Logarithm(value)) + ((1 - goal) * Logarithm(1 - value))));

    private static double SigmoidCrossEntropy(double logit, double target) => Math.Max(logit, 0) - (logit * target) + Log1p(Math.Exp(-Math.Abs(logit)));

    private static double Logarithm(double value) => Math.Max(Math.Log(value), SmallestLogarithm);

    // log(1 + x) without losing small x: the rounding of 1 + x is undone by the factor (Goldberg 1991, theorem 4).
    private static double Log1p(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    private static DenseArray<T> MeanOf<T>(DenseArray<T> x, DenseArray<T> target, Func<double, double, double> term)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Shape != target.Shape)
        {
            throw new ShapeMismatchException(
                $"can't compare {x.Shape} with a target of shape {target.Shape}: {Difference(x.Shape, target.Shape)}. Reshape one of them.");
        }

        double sum = 0;
        for (int index = 0; index < x.Elements.Length; index++)
        {
            sum += term(double.CreateTruncating(x.Elements[index]), double.CreateTruncating(target.Elements[index]));
        }

        return Reductions.Scalar<T>(sum / x.Elements.Length);
    }

    private static string Difference(TensorShape left, TensorShape right)
    {
        if (left.Rank != right.Rank) return $"one has {left.Rank} axes, the other {right.Rank}";
        int axis = 0;
        while (left[axis] == right[axis]) axis++;
        return $"dimension {axis} is {left[axis]} in the first and {right[axis]} in the target";
    }
}
