using System;

namespace DLCompiler.Compiler.Graph;

/// <summary>
/// Evaluates expressions in double precision: the reference that compiled code is tested against. Never used to compile: its transcendental functions are
/// the host's.
/// </summary>
/// <param name="symbol">The value of a symbolic size.</param>
/// <param name="argument">The value of an argument, by number.</param>
public sealed class ScalarEvaluation(Func<string, long> symbol, Func<int, double> argument)
{
    /// <summary>The expression's value; truth values are 1 and 0.</summary>
    /// <param name="inputs">The inputs' values.</param>
    public double Evaluate(ScalarExpression expression, params double[] inputs)
    {
        double Value(ScalarExpression part) => part switch
        {
            ScalarExpression.Input input => inputs[input.Index],
            ScalarExpression.Constant constant => constant.Value,
            ScalarExpression.Size size => size.Dimension.Evaluate(symbol),
            ScalarExpression.Argument number => argument(number.Index),
            ScalarExpression.Unary unary when ScalarFunctions.Find(unary.Function) is { } defined =>
                Evaluate(defined.Definition(new ScalarExpression.Input(0)), Value(unary.Operand)),
            ScalarExpression.Unary unary => Apply(unary.Function, Value(unary.Operand)),
            ScalarExpression.Binary binary => Apply(binary.Function, Value(binary.Left), Value(binary.Right)),
            ScalarExpression.Compare compare => Holds(compare.Comparison, Value(compare.Left), Value(compare.Right)) ? 1 : 0,
            ScalarExpression.Select select => Value(select.Condition) != 0 ? Value(select.IfTrue) : Value(select.IfFalse),
            _ => throw new ArgumentException($"'{part}' is no known expression.", nameof(expression)),
        };

        return Value(expression);
    }

    private static double Apply(UnaryFunction function, double x) => function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Abs => Math.Abs(x),
        UnaryFunction.Sign => double.IsNaN(x) ? x : Math.Sign(x),
        UnaryFunction.Floor => Math.Floor(x),
        UnaryFunction.Exp => Math.Exp(x),
        UnaryFunction.Log => Math.Log(x),
        UnaryFunction.Sqrt => Math.Sqrt(x),
        UnaryFunction.Sin => Math.Sin(x),
        UnaryFunction.Cos => Math.Cos(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        UnaryFunction.Sigmoid => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x)),
        UnaryFunction.Erf => Erf(x),
        UnaryFunction.Softplus => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x))),
        UnaryFunction.Not => x == 0 ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private static double Apply(BinaryFunction function, double x, double y) => function switch
    {
        BinaryFunction.Add => x + y,
        BinaryFunction.Subtract => x - y,
        BinaryFunction.Multiply => x * y,
        BinaryFunction.Divide => x / y,
        BinaryFunction.Max => Math.Max(x, y),
        BinaryFunction.Min => Math.Min(x, y),
        BinaryFunction.Power => Math.Pow(x, y),
        BinaryFunction.And => x != 0 && y != 0 ? 1 : 0,
        BinaryFunction.Or => x != 0 || y != 0 ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private static bool Holds(Comparison comparison, double x, double y) => comparison switch
    {
        Comparison.Equal => x == y,
        Comparison.NotEqual => x != y,
        Comparison.Less => x < y,
        Comparison.LessOrEqual => x <= y,
        Comparison.Greater => x > y,
        _ => x >= y,
    };

    /// <summary>log(1 + x) for x in [0, 1], exact for small x (Kahan's correction).</summary>
    private static double Log1P(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>
    /// The error function: below 2.5 its Maclaurin series in the form with positive terms (Abramowitz and Stegun 7.1.6), above 1 minus the continued
    /// fraction of erfc (7.1.14), each to full double precision.
    /// </summary>
    private static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (double.IsNaN(x) || size > 6) return double.IsNaN(x) ? x : Math.Sign(x);
        double scale = Math.Exp(-size * size) / Math.Sqrt(Math.PI);
        if (size < 2.5)
        {
            double term = 2 * size, sum = 0;
            for (int n = 0; sum + term != sum; n++)
            {
                sum += term;
                term *= 2 * size * size / ((2 * n) + 3);
            }

            return Math.Sign(x) * scale * sum;
        }

        double tail = 0;
        for (int n = 120; n > 0; n--) tail = n / 2.0 / (size + tail);
        return Math.Sign(x) * (1 - (scale / (size + tail)));
    }
}
