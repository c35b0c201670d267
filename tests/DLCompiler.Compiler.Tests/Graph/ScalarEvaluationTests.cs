using System;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using Xunit;
using static DLCompiler.Compiler.Graph.ScalarExpression;

namespace DLCompiler.Compiler.Tests.Graph;

public sealed class ScalarEvaluationTests
{
    private static readonly ScalarEvaluation Scalars = new(name => name == "N" ? 12 : throw new ArgumentException(name), number => number + 0.5);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(-2, -0.9953222650189527)]
    [InlineData(2.6, 0.9997639655834707)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(9, 1)]
    public void ErfHasDoublePrecision(double x, double expected) =>
        Assert.Equal(expected, Scalars.Evaluate(new Unary(UnaryFunction.Erf, new Input(0)), x), 4e-16);

    [Theory]
    [InlineData(800, 800)]
    [InlineData(-800, 0)]
    [InlineData(-40, 4.248354255291589e-18)]
    [InlineData(0, 0.6931471805599453)]
    public void SoftplusNeitherOverflowsNorCancels(double x, double expected) =>
        Assert.Equal(expected, Scalars.Evaluate(new Unary(UnaryFunction.Softplus, new Input(0)), x), 1e-15 * Math.Abs(expected));

    [Fact]
    public void SizesAndArgumentsAreLookedUp() =>
        Assert.Equal(24 + 1.5, Scalars.Evaluate(new Size(2 * Dimension.Symbol("N")) + new Argument(1, "momentum")));

    [Fact]
    public void NaNWinsMaximaAndLosesComparisons()
    {
        Assert.Equal(double.NaN, Scalars.Evaluate(new Binary(BinaryFunction.Max, 0, new Input(0)), double.NaN));
        Assert.Equal(0, Scalars.Evaluate(new Compare(Comparison.GreaterOrEqual, new Input(0), 0), double.NaN));
        Assert.Equal(1, Scalars.Evaluate(new Compare(Comparison.NotEqual, new Input(0), new Input(0)), double.NaN));
    }

    [Fact]
    public void SubstitutionComposes()
    {
        ScalarExpression composed = (new Input(0) * new Input(1)).Substitute(index => index == 0 ? new Unary(UnaryFunction.Exp, new Input(1)) : new Input(0)
            + 1);
        Assert.Equal("exp(b)*(a + 1)", composed.ToString());
        Assert.Equal([0, 1], composed.UsedInputs());
    }
}
