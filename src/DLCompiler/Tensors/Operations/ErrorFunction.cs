using System;

namespace DLCompiler.Operations;

/// <summary>The error function and its complement in double precision, from its series and its continued fraction: a reference, not a fast routine.</summary>
internal static class ErrorFunction
{
    // Where the two expansions meet: the series needs about 40 terms here and the fraction about 60.
    private const double Crossover = 2;

    // erfc is below the smallest positive double from here on.
    private const double Underflow = 27.3;

    /// <summary>1 − erf(x) = 2/√π ∫ exp(−t²) dt from x to ∞; relative error about 1e-15.</summary>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        double magnitude = Math.Abs(x);
        double tail = magnitude < Crossover ? 1 - Series(magnitude) : magnitude > Underflow ? 0 : Fraction(magnitude);
        return x < 0 ? 2 - tail : tail;
    }

    /// <summary>2/√π ∫ exp(−t²) dt from 0 to x; relative error about 1e-15.</summary>
    public static double Erf(double x) => Math.Abs(x) < Crossover ? Math.Sign(x) * Series(Math.Abs(x)) : 1 - Erfc(x);

    // erf x = 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹/(2n + 1)!! (Abramowitz and Stegun 7.1.6): all terms are positive.
    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // erfc x = exp(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))) (Abramowitz and Stegun 7.1.14), from the innermost quotient out.
    private static double Fraction(double x)
    {
        double quotient = x;
        for (int n = 120; n >= 1; n--) quotient = x + (n / 2.0 / quotient);
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * quotient);
    }
}
