using System;
using DLCompiler.Operations;
using Xunit;

namespace DLCompiler.Tests.Tensors;

/// <summary>Functions of single elements; figures of torch.nn.functional in double precision.</summary>
public class FunctionTests
{
    private static readonly Tensor X = Tensor.FromArray([-3, -1, -0.5f, 0, 0.5f, 1, 3]);
    private static readonly Tensor Positive = Tensor.FromArray([0.25f, 0.5f, 1, 2, 10]);
    private static readonly Tensor Special = Tensor.FromArray([float.NaN, float.NegativeInfinity, float.PositiveInfinity]);

    [Fact]
    public void Relu()
    {
        Expect.Both("[7] 0 0 0 0 0.5 1 3", X.Relu(), X.ToDouble().Relu());
        Expect.Tensor("[3] nan 0 inf", Special.Relu());
    }

    [Fact]
    public void LeakyRelu()
    {
        Expect.Both("[7] -0.03 -0.01 -0.005 0 0.5 1 3", X.LeakyRelu(), X.ToDouble().LeakyRelu());
        Expect.Both("[7] -0.6 -0.2 -0.1 0 0.5 1 3", X.LeakyRelu(0.2f), X.ToDouble().LeakyRelu(0.2));
        Expect.Tensor("[3] nan -inf inf", Special.LeakyRelu());
    }

    [Fact]
    public void Tanh()
    {
        Expect.Both("[7] -0.995054754 -0.761594156 -0.462117157 0 0.462117157 0.761594156 0.995054754", X.Tanh(), X.ToDouble().Tanh());
        Expect.Tensor("[3] nan -1 1", Special.Tanh());
    }

    [Fact]
    public void Sigmoid()
    {
        Expect.Both("[7] 0.0474258732 0.268941421 0.377540669 0.5 0.622459331 0.731058579 0.952574127", X.Sigmoid(), X.ToDouble().Sigmoid());
        Expect.Tensor("[3] nan 0 1", Special.Sigmoid());
        Assert.Equal(Math.Exp(-700), Tensor<double>.Full(-700).Sigmoid().Item(), 1e-310);
    }

    [Fact]
    public void Gelu()
    {
        Expect.Both("[7] -0.00404969409 -0.158655254 -0.154268769 0 0.345731231 0.841344746 2.99595031", X.Gelu(), X.ToDouble().Gelu());
        Expect.Tensor("[5] 0 -4.88498131e-15 -1.43325786e-06 4.99999857 10", Tensor.FromArray([-10, -8, -5, 5, 10]).Gelu());
        Expect.Tensor("[3] nan nan inf", Special.Gelu());
    }

    [Fact]
    public void Exponentials_and_logarithms()
    {
        Expect.Both("[7] 0.0497870684 0.367879441 0.60653066 1 1.64872127 2.71828183 20.0855369", X.Exp(), X.ToDouble().Exp());
        Expect.Tensor("[3] nan 0 inf", Special.Exp());
        Expect.Both("[5] -1.38629436 -0.693147181 0 0.693147181 2.30258509", Positive.Log(), Positive.ToDouble().Log());
        Expect.Tensor("[2] -inf nan", Tensor.FromArray([0, -1]).Log());
    }

    [Fact]
    public void Powers()
    {
        Expect.Both("[5] 0.5 0.707106781 1 1.41421356 3.16227766", Positive.Sqrt(), Positive.ToDouble().Sqrt());
        Expect.Both("[7] 9 1 0.25 0 0.25 1 9", X.Square(), X.ToDouble().Square());
        Expect.Both("[7] 3 1 0.5 0 0.5 1 3", X.Abs(), X.ToDouble().Abs());
        Expect.Both("[5] 0.125 0.353553391 1 2.82842712 31.6227766", Positive.Pow(1.5f), Positive.ToDouble().Pow(1.5));
        Expect.Both("[5] 16 4 1 0.25 0.01", Positive.Pow(-2), Positive.ToDouble().Pow(-2));
        Expect.Tensor("[2] nan -8", Tensor.FromArray([(float)Math.Sqrt(2), -2]).Pow(3) * Tensor.FromArray([float.NaN, 1]));
        Expect.Tensor("[1] nan", Tensor.FromArray([-1]).Sqrt());
    }

    [Theory] // Python's math.erfc
    [InlineData(0, 1)]
    [InlineData(0.1, 0.8875370839817152)]
    [InlineData(0.5, 0.4795001221869535)]
    [InlineData(1, 0.15729920705028513)]
    [InlineData(1.9, 0.0072095707647425325)]
    [InlineData(2.1, 0.002979466656332984)]
    [InlineData(3, 2.2090496998585438e-05)]
    [InlineData(5, 1.5374597944280351e-12)]
    [InlineData(10, 2.088487583762545e-45)]
    [InlineData(26, 5.663192408856143e-296)]
    [InlineData(40, 0)]
    [InlineData(-0.5, 1.5204998778130465)]
    [InlineData(-2.1, 1.997020533343667)]
    [InlineData(-40, 2)]
    public void The_complementary_error_function_is_exact_to_1e13(double x, double expected)
        => Assert.True(Math.Abs(ErrorFunction.Erfc(x) - expected) <= 1e-13 * expected, $"erfc({x}) = {ErrorFunction.Erfc(x):R}");

    [Fact]
    public void Softmax()
    {
        var x = Pattern.Of(2, 3, 2);
        // F.softmax(P, -1) and F.softmax(P, 1)
        string innermost = """
            [2, 3, 2] 0.148047198 0.851952802 0.148047198 0.851952802 0.754914987 0.245085013
            0.754914987 0.245085013 0.754914987 0.245085013 0.148047198 0.851952802
            """;
        string middle = """
            [2, 3, 2] 0.157267597 0.326247495 0.293814553 0.609510564 0.54891785 0.0642419408
            0.326247495 0.157267597 0.609510564 0.293814553 0.0642419408 0.54891785
            """;
        Expect.Both(innermost, x.Softmax(), x.ToDouble().Softmax());
        Expect.Both(middle, x.Softmax(1), x.ToDouble().Softmax(-2));
    }

    [Fact]
    public void Softmax_of_large_and_special_values()
    {
        Expect.Tensor(
            "[2, 3] 0.244728471 0.665240956 0.0900305732 0.244728471 0.0900305732 0.665240956",
            Tensor.FromArray([1000, 1001, 999, -1000, -1001, -999], 2, 3).Softmax());
        Expect.Tensor("[3] 0 0.5 0.5", Tensor.FromArray([float.NegativeInfinity, 0, 0]).Softmax());
        Expect.Tensor("[3] nan nan nan", Tensor.FromArray([1, float.NaN, 2]).Softmax());
        Expect.Tensor("[0, 3]", Tensor.Zeros(0, 3).Softmax());
        Expect.Tensor("[3, 0]", Tensor.Zeros(3, 0).Softmax());
        Expect.Mismatch(() => Tensor.Zeros(2, 3).Softmax(2), "axis 2 of [2, 3]", "from -2 to 1");
    }
}
