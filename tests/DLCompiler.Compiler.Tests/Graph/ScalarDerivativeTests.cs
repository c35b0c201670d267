using System;
using System.Linq;
using DLCompiler.Compiler.Graph;
using Xunit;
using static DLCompiler.Compiler.Graph.ScalarExpression;

namespace DLCompiler.Compiler.Tests.Graph;

public sealed class ScalarDerivativeTests
{
    private static readonly ScalarExpression A = new Input(0);
    private static readonly ScalarExpression B = new Input(1);
    private static readonly ScalarEvaluation Scalars = new(_ => 7, _ => 0.25);

    public static TheoryData<UnaryFunction> SmoothFunctions =>
    [
        UnaryFunction.Negate, UnaryFunction.Abs, UnaryFunction.Exp, UnaryFunction.Log, UnaryFunction.Sqrt, UnaryFunction.Sin, UnaryFunction.Cos,
            UnaryFunction.Tanh,
        UnaryFunction.Sigmoid, UnaryFunction.Erf, UnaryFunction.Softplus,
        UnaryFunction.Log1P, UnaryFunction.ExpM1, UnaryFunction.Asin, UnaryFunction.Acos, UnaryFunction.Atan, UnaryFunction.Sinh, UnaryFunction.Cosh,
        UnaryFunction.Asinh, UnaryFunction.Atanh,
    ];

    [Theory]
    [MemberData(nameof(SmoothFunctions))]
    public void FunctionsOfOneNumber(UnaryFunction function)
    {
        // Of a compound operand too: the chain rule.
        foreach (ScalarExpression expression in new[] { new Unary(function, A), new Unary(function, A * B + (A / 3)) }) CheckAgainstDifferences(expression);
    }

    [Fact]
    public void TheInverseHyperbolicCosineAboveOne()
    {
        CheckAgainstDifferences(new Unary(UnaryFunction.Acosh, A + 1));
        CheckAgainstDifferences(new Unary(UnaryFunction.Acosh, (A * B) + 1));
    }

    [Fact]
    public void PowersOfZeroHaveFiniteDerivatives()
    {
        var power = new Binary(BinaryFunction.Power, A, B);
        Assert.Equal([0, 1, 0], new[] { 0.0, 1, 2 }.Select(exponent => Scalars.Evaluate(ScalarDerivative.Of(power, 0)!, 0, exponent)));
        Assert.Equal([0, 0, 0], new[] { 0.0, 1, 2 }.Select(exponent => Scalars.Evaluate(ScalarDerivative.Of(power, 1)!, 0, exponent)));
    }

    [Theory]
    [InlineData(UnaryFunction.Floor)]
    [InlineData(UnaryFunction.Sign)]
    [InlineData(UnaryFunction.Not)]
    public void StepsHaveNoDerivative(UnaryFunction function) => Assert.Null(ScalarDerivative.Of(new Unary(function, A), 0));

    [Theory]
    [InlineData(BinaryFunction.Add)]
    [InlineData(BinaryFunction.Subtract)]
    [InlineData(BinaryFunction.Multiply)]
    [InlineData(BinaryFunction.Divide)]
    [InlineData(BinaryFunction.Max)]
    [InlineData(BinaryFunction.Min)]
    [InlineData(BinaryFunction.Power)]
    public void FunctionsOfTwoNumbers(BinaryFunction function)
    {
        CheckAgainstDifferences(new Binary(function, A, B));
        CheckAgainstDifferences(new Binary(function, A * A, new Unary(UnaryFunction.Exp, B) - A));
    }

    [Fact]
    public void Selections() =>
        CheckAgainstDifferences(new Select(new Compare(Comparison.Less, A, B), A * B, new Unary(UnaryFunction.Sin, A) / B));

    [Fact]
    public void ABranchThatIsNotTakenContributesNoNaN()
    {
        // log of a negative number, guarded.
        var guarded = new Select(new Compare(Comparison.Greater, A, 0), new Unary(UnaryFunction.Log, A), 0);
        ScalarExpression gradient = ScalarDerivative.OfResult(guarded, 0, new Input(1), new Input(2))!;
        Assert.Equal(0, Scalars.Evaluate(gradient, 0, 0, double.PositiveInfinity));
    }

    [Fact]
    public void AnInputThatDoesNotOccurHasNone() => Assert.Null(ScalarDerivative.Of(new Unary(UnaryFunction.Exp, A), 1));

    [Theory]
    [InlineData("exp", "c*b")]
    [InlineData("sqrt", "c*(0.5/b)")]
    [InlineData("tanh", "c*(1 - b*b)")]
    [InlineData("sigmoid", "c*(b*(1 - b))")]
    [InlineData("relu", "select(b > 0, c, 0)")]
    [InlineData("leaky", "select(b > 0, c, 0.1*c)")]
    public void TheOwnResultStandsForTheOperand(string function, string expected)
    {
        ScalarExpression expression = function switch
        {
            "exp" => new Unary(UnaryFunction.Exp, A),
            "sqrt" => new Unary(UnaryFunction.Sqrt, A),
            "tanh" => new Unary(UnaryFunction.Tanh, A),
            "sigmoid" => new Unary(UnaryFunction.Sigmoid, A),
            "relu" => new Binary(BinaryFunction.Max, 0, A),
            _ => new Select(new Compare(Comparison.Greater, A, 0), A, 0.1 * A),
        };
        Assert.Equal(expected, ScalarDerivative.OfResult(expression, 0, new Input(1), new Input(2))!.ToString());
    }

    [Fact]
    public void ALeakySlopeBelowZeroNeedsTheOperand()
    {
        // Its result is positive on both sides.
        var expression = new Select(new Compare(Comparison.Greater, A, 0), A, -0.1 * A);
        Assert.Contains(0, ScalarDerivative.OfResult(expression, 0, new Input(1), new Input(2))!.UsedInputs());
    }

    [Fact]
    public void TiesShareAndConstantsTakeNothing()
    {
        ScalarExpression ofTwo = ScalarDerivative.Of(new Binary(BinaryFunction.Max, A, B), 0)!,
            clamped = ScalarDerivative.Of(new Binary(BinaryFunction.Max, A, 2), 0)!;
        Assert.Equal([1, 0, 0.5], new[] { Scalars.Evaluate(ofTwo, 3, 1), Scalars.Evaluate(ofTwo, 1, 3), Scalars.Evaluate(ofTwo, 2, 2) });
        Assert.Equal([1, 0, 0], new[] { Scalars.Evaluate(clamped, 3), Scalars.Evaluate(clamped, 1), Scalars.Evaluate(clamped, 2) });
    }

    [Fact]
    public void RandomExpressions()
    {
        for (int seed = 0; seed < 200; seed++) CheckAgainstDifferences(RandomExpression.Smooth(new Random(seed), depth: 4, inputs: 2), seed);
    }

    private static void CheckAgainstDifferences(ScalarExpression expression, int seed = 1)
    {
        var random = new Random(seed);
        double[] point = [0.3 + random.NextDouble(), 1.4 + random.NextDouble()];
        for (int input = 0; input < point.Length; input++)
        {
            double At(double offset)
            {
                double[] moved = [.. point];
                moved[input] += offset;
                return Scalars.Evaluate(expression, moved);
            }

            const double Step = 1e-5;
            double numeric = (At(Step) - At(-Step)) / (2 * Step), curvature = Math.Abs(At(Step) - (2 * At(0)) + At(-Step)) / (Step * Step);
            if (!double.IsFinite(numeric) || Math.Abs(numeric) > 1e4 || curvature > 1e4) continue;
            double symbolic = ScalarDerivative.Of(expression, input) is { } derivative ? Scalars.Evaluate(derivative, point) : 0;
            Assert.True(Math.Abs(symbolic - numeric) <= 1e-6 * Math.Max(1, Math.Max(Math.Abs(numeric), Math.Abs(At(0)))),
                $"{expression} by {input}: {symbolic:R}, differences {numeric:R}");
        }
    }
}
