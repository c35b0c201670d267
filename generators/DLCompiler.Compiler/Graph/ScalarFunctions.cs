using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Graph;

/// <summary>A function of one number that kernels compute through others.</summary>
/// <param name="Function">The function.</param>
/// <param name="Name">Its name in listings.</param>
/// <param name="Slope">Its derivative at an operand, stable where the definition's own derivative would not be.</param>
/// <param name="Definition">The same value in functions that kernels have, accurate to a few units in the last place, NaN and infinities included.</param>
public sealed record ScalarFunction(
    UnaryFunction Function, string Name, Func<ScalarExpression, ScalarExpression> Slope, Func<ScalarExpression, ScalarExpression> Definition);

/// <summary>
/// The functions of one number that are defined through others: each stands here alone, and differentiation, evaluation, listings and kernels follow.
/// Identities: Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, chapter 4.
/// </summary>
public static class ScalarFunctions
{
    private const double LnTwo = 0.69314718055994531, HalfPi = 1.5707963267948966, QuarterPi = 0.78539816339744828;

    // Above, x² ± 1 is x² in double precision, and the inverse hyperbolic functions are log(2x).
    private const double Large = 1e9;

    private static readonly Dictionary<UnaryFunction, ScalarFunction> Functions = new ScalarFunction[]
    {
        new(UnaryFunction.Log1P, "log1p", x => 1 / (1 + x), Log1P),
        new(UnaryFunction.ExpM1, "expm1", Exp, ExpM1),
        new(UnaryFunction.Asin, "asin", x => 1 / Sqrt((1 - x) * (1 + x)), x => 2.0 * Atan(x / (1 + Sqrt((1 - x) * (1 + x))))),
        new(UnaryFunction.Acos, "acos", x => -1.0 / Sqrt((1 - x) * (1 + x)), x => 2.0 * Atan(Sqrt((1 - x) / (1 + x)))),
        new(UnaryFunction.Atan, "atan", x => 1 / (1 + (x * x)), Atan),
        new(UnaryFunction.Sinh, "sinh", x => Call(UnaryFunction.Cosh, x), Sinh),
        new(UnaryFunction.Cosh, "cosh", x => Call(UnaryFunction.Sinh, x), Cosh),
        new(UnaryFunction.Asinh, "asinh", x => 1 / Sqrt(1 + (x * x)), Asinh),
        new(UnaryFunction.Acosh, "acosh", x => 1 / (Sqrt(x - 1) * Sqrt(x + 1)), Acosh),
        new(UnaryFunction.Atanh, "atanh", x => 1 / ((1 - x) * (1 + x)), Atanh),
    }.ToDictionary(function => function.Function);

    /// <summary>The function's row; null for one that kernels have.</summary>
    public static ScalarFunction? Find(UnaryFunction function) => Functions.TryGetValue(function, out ScalarFunction? found) ? found : null;

    /// <summary>A function applied to an operand.</summary>
    public static ScalarExpression Call(UnaryFunction function, ScalarExpression x) => new ScalarExpression.Unary(function, x);

    /// <summary>x rounded to the nearest whole number, halves to even. Every step is exact.</summary>
    public static ScalarExpression Round(ScalarExpression x)
    {
        ScalarExpression floor = Call(UnaryFunction.Floor, x), rest = x - floor;
        ScalarExpression isOdd = Is(floor - (2.0 * Call(UnaryFunction.Floor, 0.5 * floor)), Comparison.Equal, 1);
        ScalarExpression up = new ScalarExpression.Binary(
            BinaryFunction.Or, Is(rest, Comparison.Greater, 0.5), new ScalarExpression.Binary(BinaryFunction.And, Is(rest, Comparison.Equal, 0.5), isOdd));
        return If(up, floor + 1, floor);
    }

    /// <summary>The smallest whole number that is not below x.</summary>
    public static ScalarExpression Ceiling(ScalarExpression x) => -Call(UnaryFunction.Floor, -x);

    /// <summary>x without its fraction.</summary>
    public static ScalarExpression Truncate(ScalarExpression x) => If(Is(x, Comparison.Less, 0), Ceiling(x), Call(UnaryFunction.Floor, x));

    /// <summary>x where it is between the bounds, else the nearer one; NaN stays NaN, and at the bounds themselves the gradient is that of x.</summary>
    public static ScalarExpression Clamp(ScalarExpression x, ScalarExpression low, ScalarExpression high)
    {
        ScalarExpression above = high is ScalarExpression.Constant { Value: double.PositiveInfinity } ? x : If(Is(x, Comparison.Greater, high), high, x);
        return low is ScalarExpression.Constant { Value: double.NegativeInfinity } ? above : If(Is(x, Comparison.Less, low), low, above);
    }

    // log(u)·x/(u − 1) with u = 1 + x rounded: the rounding of u cancels (Kahan; Goldberg, "What every computer scientist should know about floating-point
    // arithmetic", 1991, theorem 4).
    private static ScalarExpression Log1P(ScalarExpression x)
    {
        ScalarExpression u = 1 + x, rounded = u - 1, log = Call(UnaryFunction.Log, u);
        ScalarExpression corrected = If(Is(rounded, Comparison.Equal, x), log, log * (x / rounded));
        return If(Is(u, Comparison.Equal, 1), x, corrected);
    }

    // 2·tanh(x/2)/(1 − tanh(x/2)) keeps the relative precision of small results; elsewhere nothing cancels.
    private static ScalarExpression ExpM1(ScalarExpression x)
    {
        ScalarExpression tanh = Call(UnaryFunction.Tanh, 0.5 * x);
        return If(Is(Abs(x), Comparison.Less, 1), 2.0 * tanh / (1 - tanh), Exp(x) - 1);
    }

    private static ScalarExpression Sinh(ScalarExpression x)
    {
        ScalarExpression size = Abs(x), less = ExpM1(size), half = Exp(0.5 * size);
        ScalarExpression moderate = 0.5 * (less + (less / (less + 1)));

        // exp(x)/2 in two factors, of which neither overflows before the result does.
        return Call(UnaryFunction.Sign, x) * If(Is(size, Comparison.Less, 20), moderate, 0.5 * half * half);
    }

    private static ScalarExpression Cosh(ScalarExpression x)
    {
        ScalarExpression half = Exp(0.5 * Abs(x));
        return (0.5 * half * half) + (0.5 / half / half);
    }

    private static ScalarExpression Asinh(ScalarExpression x)
    {
        ScalarExpression size = Abs(x), square = size * size;
        return Call(UnaryFunction.Sign, x) * If(
            Is(size, Comparison.Greater, Large),
            Call(UnaryFunction.Log, size) + LnTwo,
            Call(UnaryFunction.Log1P, size + (square / (1 + Sqrt(1 + square)))));
    }

    // The roots of both factors: that of a negative one is NaN.
    private static ScalarExpression Acosh(ScalarExpression x)
    {
        ScalarExpression above = x - 1;
        return If(
            Is(x, Comparison.Greater, Large),
            Call(UnaryFunction.Log, x) + LnTwo,
            Call(UnaryFunction.Log1P, above + (Sqrt(above) * Sqrt(above + 2))));
    }

    private static ScalarExpression Atanh(ScalarExpression x)
    {
        ScalarExpression size = Abs(x);
        return 0.5 * Call(UnaryFunction.Sign, x) * Call(UnaryFunction.Log1P, 2.0 * size / (1 - size));
    }

    // Reduced to |t| ≤ 0.66 by atan(x) = π/2 − atan(1/x) and atan(x) = π/4 + atan((x − 1)/(x + 1)); the quotient of polynomials is Moshier's ("Methods and
    // Programs for Mathematical Functions", 1989), whose error is below an ulp of a double.
    private static ScalarExpression Atan(ScalarExpression x)
    {
        ScalarExpression size = Abs(x);
        ScalarExpression isLarge = Is(size, Comparison.Greater, 2.4142135623730951), isSmall = Is(size, Comparison.LessOrEqual, 0.66);
        ScalarExpression t = If(isLarge, -1.0 / size, If(isSmall, size, (size - 1) / (size + 1)));
        ScalarExpression offset = If(isLarge, HalfPi, If(isSmall, 0, QuarterPi)), z = t * t;
        ScalarExpression above = Horner(
            z, -8.750608600031904122785E-1, -1.615753718733365076637E1, -7.500855792314704667340E1, -1.228866684490136173410E2, -6.485021904942025371773E1);
        ScalarExpression below = Horner(
            z, 1, 2.485846490142306297962E1, 1.650270098316988542046E2, 4.328810604912902668951E2, 4.853903996359136964868E2, 1.945506571482613964425E2);

        // The sign of −x; of a zero and a NaN the operand itself.
        ScalarExpression value = offset + (t + (t * (z * above / below)));
        return If(Is(x, Comparison.Less, 0), -value, If(Is(x, Comparison.Greater, 0), value, x));
    }

    private static ScalarExpression Horner(ScalarExpression x, params double[] coefficients) =>
        coefficients.Skip(1).Aggregate((ScalarExpression)coefficients[0], (sum, coefficient) => (sum * x) + coefficient);

    private static ScalarExpression If(ScalarExpression condition, ScalarExpression ifTrue, ScalarExpression ifFalse) =>
        new ScalarExpression.Select(condition, ifTrue, ifFalse);

    private static ScalarExpression Is(ScalarExpression left, Comparison comparison, ScalarExpression right) =>
        new ScalarExpression.Compare(comparison, left, right);

    private static ScalarExpression Abs(ScalarExpression x) => Call(UnaryFunction.Abs, x);

    private static ScalarExpression Exp(ScalarExpression x) => Call(UnaryFunction.Exp, x);

    private static ScalarExpression Sqrt(ScalarExpression x) => Call(UnaryFunction.Sqrt, x);
}
