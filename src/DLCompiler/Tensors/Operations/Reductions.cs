using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Sums, means and maxima of all elements or along an axis. Sums accumulate in double and are rounded once.</summary>
internal static class Reductions
{
    public static DenseArray<T> Sum<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Scalar<T>(Total(x));

    public static DenseArray<T> Mean<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Scalar<T>(Total(x) / x.Elements.Length);

    public static DenseArray<T> Sum<T>(DenseArray<T> x, int axis, bool keepDimensions)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Along(x, axis, "sum", keepDimensions, Total);

    public static DenseArray<T> Mean<T>(DenseArray<T> x, int axis, bool keepDimensions)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Along(x, axis, "average", keepDimensions, line => Total(line) / line.Length);

    public static DenseArray<T> Max<T>(DenseArray<T> x, int axis, bool keepDimensions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int resolved = x.Shape.ResolveAxis(axis, "take the maximum");
        if (x.Shape[resolved] == 0)
        {
            throw new ShapeMismatchException($"can't take the maximum along axis {resolved} of {x.Shape}: it is empty, and no elements have no maximum.");
        }

        return Along(x, resolved, "take the maximum", keepDimensions, line =>
        {
            double largest = double.NegativeInfinity;
            foreach (T value in line) largest = Math.Max(largest, double.CreateTruncating(value));
            return largest;
        });
    }

    public static DenseArray<T> Scalar<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T>
        => new(new TensorShape(), [T.CreateTruncating(value)]);

    /// <summary>Calls a function with each line of elements along an axis and collects its results.</summary>
    private static DenseArray<T> Along<T>(DenseArray<T> x, int axis, string operation, bool keepDimensions, Func<T[], double> reduce)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int resolved = x.Shape.ResolveAxis(axis, operation);
        int size = x.Shape[resolved], inner = x.Shape.Product(resolved + 1, x.Rank);
        var result = new DenseArray<T>(keepDimensions ? x.Shape.With(resolved, 1) : x.Shape.Without(resolved));
        var line = new T[size];
        for (int index = 0; index < result.Elements.Length; index++)
        {
            int first = (index / inner * size * inner) + (index % inner);
            for (int position = 0; position < size; position++) line[position] = x.Elements[first + (position * inner)];
            result.Elements[index] = T.CreateTruncating(reduce(line));
        }

        return result;
    }

    private static double Total<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Total(x.Elements);

    private static double Total<T>(T[] elements)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in elements) sum += double.CreateTruncating(value);
        return sum;
    }
}
