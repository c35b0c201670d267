using System.Globalization;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using Xunit;
using static DLCompiler.Compiler.Graph.ScalarExpression;

namespace DLCompiler.Compiler.Tests.Graph;

public sealed class ScalarPrinterTests
{
    private static readonly ScalarExpression A = new Input(0);
    private static readonly ScalarExpression B = new Input(1);

    [Fact]
    public void FewestParentheses()
    {
        Assert.Equal("a*b + 1", ((A * B) + 1).ToString());
        Assert.Equal("a*(b + 1)", (A * (B + 1)).ToString());
        Assert.Equal("a - (b - 1)", (A - (B - 1)).ToString());
        Assert.Equal("a - b - 1", (A - B - 1).ToString());
        Assert.Equal("-(a + b)", (-(A + B)).ToString());
        Assert.Equal("a/(2*N)", (A / new Size(2 * Dimension.Symbol("N"))).ToString());
        Assert.Equal("max(0, a)", new Binary(BinaryFunction.Max, 0, A).ToString());
        Assert.Equal("select(a > 0 & b > 0, -rate*a, 0)", new Select(
            new Binary(BinaryFunction.And, new Compare(Comparison.Greater, A, 0), new Compare(Comparison.Greater, B, 0)), -new Argument(0, "rate") * A, 0)
                .ToString());
        Assert.Equal("in26", new Input(26).ToString());
    }

    [Fact]
    public void NumbersDoNotFollowTheCulture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
            Assert.Equal("-1.5*a", (new Constant(-1.5) * A).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
