using System;
using DLCompiler.Compiler.Graph;
using Xunit;
using static DLCompiler.Compiler.Graph.ScalarExpression;

namespace DLCompiler.Compiler.Tests.Graph;

public sealed class ScalarSimplifierTests
{
    private static readonly ScalarExpression A = new Input(0);
    private static readonly ScalarExpression B = new Input(1);

    private static (ScalarExpression Expression, string Expected)[] Examples { get; } =
    [
        (A * 1, "a"),
        (1 * A, "a"),
        (A + 0, "a"),
        (0 + A, "a"),
        (A - 0, "a"),
        (0 - A, "-a"),
        (A / 1, "a"),
        (A / 4, "0.25*a"),
        (A / 3, "a/3"),
        (A * -1, "-a"),
        (-(-A), "a"),
        (A + -B, "a - b"),
        (-A + B, "b - a"),
        (A - -B, "a + b"),
        (-A * -B, "a*b"),
        (2 * (3 * A), "6*a"),
        (A * 2 * B * 3, "6*(a*b)"),
        (-(2 * A), "-2*a"),
        (A * 0, "0*a"),
        (A - A, "a - a"),
        (A + A, "2*a"),
        ((A * B) + (A * B), "2*(a*b)"),
        (new Constant(1) / 3 + 2, (1.0 / 3 + 2).ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        (new Unary(UnaryFunction.Exp, 0), "exp(0)"),
        (new Unary(UnaryFunction.Abs, -A), "abs(a)"),
        (new Binary(BinaryFunction.Power, A, 2), "a*a"),
        (new Binary(BinaryFunction.Power, A, 1), "a"),
        (new Binary(BinaryFunction.Max, A, A), "a"),
        (new Compare(Comparison.Less, 1, 2), "1"),
        (new Select(new Compare(Comparison.Less, 1, 2), A, B), "a"),
        (new Select(new Compare(Comparison.Less, A, 2), B, B), "b"),
        (new Select(new Unary(UnaryFunction.Not, new Compare(Comparison.Less, A, 2)), A, B), "select(a < 2, b, a)"),
        (new Select(new Compare(Comparison.Less, A, 0), new Select(new Compare(Comparison.Less, A, 0), A, B), 1), "select(a < 0, a, 1)"),
        (new Binary(BinaryFunction.And, new Compare(Comparison.Less, A, 2), 1), "a < 2"),
        (new Binary(BinaryFunction.And, new Compare(Comparison.Less, A, 2), 0), "0"),
        (new Binary(BinaryFunction.Or, 1, new Compare(Comparison.Less, A, 2)), "1"),
    ];

    [Fact]
    public void EachRule()
    {
        foreach ((ScalarExpression expression, string expected) in Examples) Assert.Equal(expected, ScalarSimplifier.Simplify(expression).ToString());
    }

    [Fact]
    public void RandomExpressionsKeepTheirValues()
    {
        var scalars = new ScalarEvaluation(_ => 1, _ => 1);
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            ScalarExpression expression = RandomExpression.Smooth(random, depth: 5, inputs: 3), simple = ScalarSimplifier.Simplify(expression);
            double[] point = [random.NextDouble() - 0.5, random.NextDouble() + 1, -random.NextDouble()];
            double expected = scalars.Evaluate(expression, point), actual = scalars.Evaluate(simple, point);
            bool same = expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected))
                || (double.IsNaN(expected) && double.IsNaN(actual));
            Assert.True(same, $"{expression} became {simple}: {expected:R}, {actual:R}");
            Assert.Equal(simple, ScalarSimplifier.Simplify(simple));
        }
    }
}
