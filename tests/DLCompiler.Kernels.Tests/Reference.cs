using System;

namespace DLCompiler.Kernels.Tests;

/// <summary>What functions should give, in double precision, computed in other ways than the library does.</summary>
internal static class Reference
{
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    // log1p by way of the rounding error of 1 + t (Kahan).
    public static double Softplus(double x)
    {
        double t = Math.Exp(-Math.Abs(x)), sum = 1 + t;
        return Math.Max(x, 0) + (sum == 1 ? t : Math.Log(sum) * t / (sum - 1));
    }

    // The Kummer series, whose terms are all positive, and Laplace's continued fraction for the complement of the larger results.
    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (!(a < 6)) return double.IsNaN(x) ? x : Math.Sign(x);
        if (a > 2.5)
        {
            double fraction = a;
            for (int n = 80; n > 0; n--) fraction = a + (0.5 * n / fraction);
            return Math.CopySign(1 - (Math.Exp(-a * a) / (fraction * Math.Sqrt(Math.PI))), x);
        }

        double term = x * (2 / Math.Sqrt(Math.PI)), sum = term;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return sum * Math.Exp(-x * x);
    }

    /// <summary>The distance of a float from the exact value, in units of the last place of a float there.</summary>
    public static double UlpDistance(float actual, double expected)
    {
        if (double.IsNaN(expected)) return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if ((float)expected == actual) return 0;

        // The first value that overflows counts as the next float after the greatest.
        double actualValue = float.IsInfinity(actual) ? Math.CopySign(Math.ScaleB(1, 128), actual) : actual;
        double expectedValue = Math.Abs(expected) > Math.ScaleB(1, 128) ? Math.CopySign(Math.ScaleB(1, 128), expected) : expected;
        int exponent = expected == 0 ? -149 : Math.Max(Math.Min(Math.ILogB(expectedValue), 127) - 23, -149);
        return Math.Abs(actualValue - expectedValue) / Math.ScaleB(1, exponent);
    }
}
