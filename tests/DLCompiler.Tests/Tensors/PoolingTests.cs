using System;
using Xunit;

namespace DLCompiler.Tests.Tensors;

/// <summary>Figures of F.max_pool2d and F.avg_pool2d on P(1, 2, 5, 6).</summary>
public class PoolingTests
{
    private static readonly Tensor X = Pattern.Of(1, 2, 5, 6);
    private static readonly Tensor<double> XD = X.ToDouble();

    [Fact]
    public void A_worked_example()
    {
        var x = Tensor.FromArray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 1, 1, 4, 4);
        Expect.Tensor("[1, 1, 2, 2] 6 8 14 16", x.MaxPool(2));
        Expect.Tensor("[1, 1, 2, 2] 3.5 5.5 11.5 13.5", x.AvgPool(2));
    }

    [Fact]
    public void The_stride_is_the_size_unless_given() => Expect.Both("[1, 2, 1, 2] 1.25 1 1.25 1.375", X.MaxPool(3), XD.MaxPool(3));

    [Fact]
    public void Overlapping_windows_with_padding() // (X, 3, stride=2, padding=1)
    {
        Expect.Both(
            "[1, 2, 3, 3] 0.5 1.125 1 1.375 1.25 0.875 1.375 1 0.875 1.25 1.125 1.375 1.25 1 1.375 1.125 1 1.25",
            X.MaxPool(3, stride: 2, padding: 1),
            XD.MaxPool(3, stride: 2, padding: 1));
        string means = """
            [1, 2, 3, 3]
            -0.125 0.125 -0.0972222222 0.25 0.125 -0.208333333 0.138888889 0.0416666667 -0.180555556
            0.208333333 -0.0138888889 0.0833333333 0.111111111 -0.0833333333 -0.0972222222 0.152777778 -0.0972222222 0
            """;
        Expect.Both(means, X.AvgPool(3, stride: 2, padding: 1), XD.AvgPool(3, stride: 2, padding: 1));
    }

    [Fact]
    public void Even_windows_with_padding() // (X, 2, stride=2, padding=1)
    {
        Expect.Tensor(
            "[1, 2, 3, 4] -1.375 0.375 1 -1.25 0.5 1.25 0.75 0.625 1.375 1 0.875 0.5 -0.625 1.125 0.625 -0.5 1.25 0.875 0.75 1.375 1.125 1 0.625 1.25",
            X.MaxPool(2, padding: 1));
        string means = """
            [1, 2, 3, 4]
            -0.34375 -0.09375 0.21875 -0.3125 0 0.46875 -0.34375 0.0625 0.4375 -0.09375 -0.1875 -0.21875
            -0.15625 0.28125 -0.125 -0.125 0.375 -0.21875 -0.3125 0.4375 0.09375 -0.0625 -0.15625 0.15625
            """;
        Expect.Tensor(means, X.AvgPool(2, padding: 1));
    }

    [Fact]
    public void Stride_one() // (X[:, :1, :3], 3, stride=1)
        => Expect.Tensor("[1, 1, 1, 4] 0.0138888889 0.166666667 0 -0.166666667", X.Slice(1, 0, 1).Slice(2, 0, 3).AvgPool(3, stride: 1));

    [Fact]
    public void NaN_wins_and_padding_does_not()
    {
        var x = Tensor.FromArray([1, float.NaN, 3, 4], 1, 1, 2, 2);
        Expect.Tensor("[1, 1, 1, 1] nan", x.MaxPool(2));
        Expect.Tensor("[1, 1, 1, 1] nan", x.AvgPool(2));
        Expect.Tensor("[1, 1, 2, 2] -1 -2 -3 -4", Tensor.FromArray([-1, -2, -3, -4], 1, 1, 2, 2).MaxPool(2, padding: 1));
        Expect.Tensor("[1, 1, 1, 1] -inf", Tensor.Full(float.NegativeInfinity, 1, 1, 2, 2).MaxPool(2));
    }

    [Fact]
    public void An_empty_batch_has_no_windows() => Expect.Tensor("[0, 3, 2, 2]", Tensor.Zeros(0, 3, 4, 4).MaxPool(2));

    [Fact]
    public void Errors()
    {
        Expect.Mismatch(() => Tensor.Zeros(1, 2, 3).MaxPool(2), "[1, 2, 3]", "[N, C, H, W]");
        Expect.Mismatch(() => Tensor.Zeros(1, 2, 3, 8).AvgPool(5), "window of 5×5", "padded input 3×8", "[1, 2, 3, 8]");
        Assert.Throws<ArgumentOutOfRangeException>(() => X.MaxPool(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => X.MaxPool(2, stride: -1));
        Assert.Contains("more than half", Assert.Throws<ArgumentOutOfRangeException>(() => X.MaxPool(3, padding: 2)).Message, StringComparison.Ordinal);
    }
}
