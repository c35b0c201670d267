using System;
using DLCompiler.Compiler.Graph;
using static DLCompiler.Compiler.Graph.ScalarExpression;

namespace DLCompiler.Compiler.Tests.Graph;

/// <summary>Seeded random expressions.</summary>
internal static class RandomExpression
{
    private static readonly double[] Numbers = [0, 1, -1, 2, 0.5, -3, 0.1];

    /// <summary>An expression of functions that are differentiable almost everywhere.</summary>
    public static ScalarExpression Smooth(Random random, int depth, int inputs)
    {
        if (depth == 0 || random.Next(8) == 0) return random.Next(3) == 0 ? Numbers[random.Next(Numbers.Length)] : new Input(random.Next(inputs));
        ScalarExpression Part() => Smooth(random, depth - 1, inputs);
        UnaryFunction[] unary = [UnaryFunction.Negate, UnaryFunction.Tanh, UnaryFunction.Sigmoid, UnaryFunction.Sin, UnaryFunction.Softplus,
            UnaryFunction.Erf, UnaryFunction.Negate];
        BinaryFunction[] binary = [BinaryFunction.Add, BinaryFunction.Subtract, BinaryFunction.Multiply, BinaryFunction.Divide, BinaryFunction.Max,
            BinaryFunction.Min];
        BinaryFunction function = binary[random.Next(binary.Length)];
        return random.Next(6) switch
        {
            // Divisors stay away from zero: infinite parts of a finite value have no derivative.
            > 2 when function == BinaryFunction.Divide && Part() is var divisor => new Binary(function, Part(), 1.5 + (divisor * divisor)),
            0 or 1 => new Unary(unary[random.Next(unary.Length)], Part()),
            2 => new Select(new Compare((Comparison)random.Next(2, 6), Part(), Part()), Part(), Part()),
            _ => new Binary(function, Part(), Part()),
        };
    }
}
