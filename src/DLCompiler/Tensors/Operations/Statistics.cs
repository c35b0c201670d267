using System;
using System.Linq;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Reductions of the elements along some axes. Sums accumulate in double and are rounded once.</summary>
internal static class Statistics
{
    public static DenseArray<T> Over<T>(DenseArray<T> x, int[]? axes, bool keepDimensions, string operation, Func<double[], double> reduce)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Lines.Reduce(x, axes, keepDimensions, operation, line => T.CreateTruncating(reduce(Array.ConvertAll(line, double.CreateTruncating))));

    public static double Sum(double[] line) => line.Sum();

    public static double Mean(double[] line) => line.Sum() / line.Length;

    public static double Max(double[] line) => Extreme(line, "maximum", Math.Max);

    public static double Min(double[] line) => Extreme(line, "minimum", Math.Min);

    public static double Product(double[] line) => line.Aggregate(1.0, (product, value) => product * value);

    public static double Variance(double[] line, int correction)
    {
        double mean = Mean(line);
        return line.Sum(value => (value - mean) * (value - mean)) / Math.Max(0, line.Length - correction);
    }

    public static double LogSumExp(double[] line)
    {
        double largest = line.Aggregate(double.NegativeInfinity, Math.Max), shift = double.IsFinite(largest) ? largest : 0;
        return Math.Log(line.Sum(value => Math.Exp(value - shift))) + shift;
    }

    public static double Norm(double[] line, double order) => order switch
    {
        0 => line.Count(value => value != 0),
        double.PositiveInfinity => line.Aggregate(0.0, (largest, value) => Math.Max(largest, Math.Abs(value))),
        double.NegativeInfinity => line.Aggregate(double.PositiveInfinity, (least, value) => Math.Min(least, Math.Abs(value))),
        _ => Math.Pow(line.Sum(value => Math.Pow(Math.Abs(value), order)), 1 / order),
    };

    /// <summary>The first position of the largest or smallest element, or of a NaN.</summary>
    public static int Position<T>(T[] line, bool largest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (line.Length == 0) throw new ShapeMismatchException("no elements have no largest or smallest one.");
        int found = 0;
        for (int index = 1; index < line.Length && !T.IsNaN(line[found]); index++)
        {
            if (T.IsNaN(line[index]) || (largest ? line[index] > line[found] : line[index] < line[found])) found = index;
        }

        return found;
    }

    private static double Extreme(double[] line, string what, Func<double, double, double> choose) =>
        line.Length == 0 ? throw new ShapeMismatchException($"can't take the {what}: no elements have no {what}.") : line.Aggregate(choose);
}
