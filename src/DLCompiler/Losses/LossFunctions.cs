using System;
using System.Linq;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>The losses, from terms in double precision, weighted and reduced; the mean of none is NaN.</summary>
internal static class LossFunctions
{
    /// <summary>The loss of each element and its target.</summary>
    public static DenseArray<T> OfElements<T>(
        DenseArray<T> x, DenseArray<T> target, DenseArray<T>? weight, Reduction reduction, Func<double, double, double> term)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Shape != target.Shape)
        {
            throw new ShapeMismatchException(
                $"can't compare {x.Shape} with a target of shape {target.Shape}: {Difference(x.Shape, target.Shape)}. Reshape one of them.");
        }

        double[] terms = new double[x.Elements.Length];
        for (int index = 0; index < terms.Length; index++)
            terms[index] = term(double.CreateTruncating(x.Elements[index]), double.CreateTruncating(target.Elements[index]));
        return Reduce(terms, x.Shape, weight, reduction);
    }

    /// <summary>The sigmoid cross-entropy of logits that have one target.</summary>
    public static DenseArray<T> SigmoidCrossEntropy<T>(DenseArray<T> logits, double target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in logits.Elements) sum += LossTerms.SigmoidCrossEntropy(double.CreateTruncating(value), target, 1);
        return Reductions.Scalar<T>(sum / logits.Elements.Length);
    }

    /// <summary>Each loss times its weight, and then their mean, sum, or themselves. A mean divides by the divisor, or by the number of losses.</summary>
    public static DenseArray<T> Reduce<T>(double[] terms, TensorShape shape, DenseArray<T>? weight, Reduction reduction, double? divisor = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (weight is not null)
        {
            T[] weights = Broadcasting.Shapes(weight.Shape, shape, "weight") == shape
                ? Broadcasting.To(weight, shape).Elements
                : throw new ShapeMismatchException($"can't weight losses {shape} by {weight.Shape}. Give one for each, or a size of 1 where it is repeated.");
            terms = [.. terms.Select((term, index) => term * double.CreateTruncating(weights[index]))];
        }

        return reduction switch
        {
            Reduction.None => new DenseArray<T>(shape, Array.ConvertAll(terms, T.CreateTruncating)),
            Reduction.Sum => Reductions.Scalar<T>(terms.Sum()),
            Reduction.BatchMean => Reductions.Scalar<T>(terms.Sum() / (shape.Rank == 0 ? 1 : shape[0])),
            _ => Reductions.Scalar<T>(terms.Sum() / (divisor ?? terms.Length)),
        };
    }

    /// <summary>In what two shapes differ.</summary>
    private static string Difference(TensorShape left, TensorShape right)
    {
        if (left.Rank != right.Rank) return $"one has {left.Rank} axes, the other {right.Rank}";
        int axis = 0;
        while (left[axis] == right[axis]) axis++;
        return $"dimension {axis} is {left[axis]} in the first and {right[axis]} in the target";
    }
}
