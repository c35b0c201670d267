using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests.Layers;

public class ConvTranspose2DTests
{
    [Fact]
    public void A_worked_example()
    {
        var layer = new ConvTranspose2D(1, kernel: 2, stride: 2).With(("weight", Tensor.FromArray([1, 2, 3, 4], 1, 1, 2, 2)), ("bias", Tensor.FromArray([0.5f])));
        Expect.Tensor("[1, 1, 2, 4] 1.5 2.5 10.5 20.5 3.5 4.5 30.5 40.5", layer.Forward(Tensor.FromArray([1, 10], 1, 1, 1, 2)));
    }

    // F.conv_transpose2d(P(1, 2, 3, 2), P(weight, salt=1), P(bias, salt=2), stride, padding, output_padding, groups, dilation)
    [Theory]
    [InlineData(2, 3, 1, 0, 0, 1, 1, """
        [1, 2, 5, 4]
        1.3125 2.375 1.125 1.296875 1.609375 -0.140625 -0.0625 2.046875 2 2.28125 2.671875 1.203125 1.625 -0.671875 0.96875 0.84375 2.765625
        1.125 1.4375 1.53125 -1.015625 -0.296875 0.96875 0.546875 -0.203125 1.59375 2.75 -2 -1.53125 0.359375 2.90625 -0.828125 -0.703125
        0.03125 -1.5625 3.828125 -0.078125 1.015625 -0.46875 -0.453125
        """)]
    [InlineData(1, 2, 2, 0, 0, 1, 1, """
        [1, 1, 6, 4]
        2 2.984375 0.59375 0.875 0.015625 2.4375 2.234375 0.71875 2.78125 2.359375 1.375 0.25 -0.21875 2.59375 2 0.875 -0.03125 1.375
        2.15625 2.859375 2.421875 0.59375 -0.03125 2.46875
        """)]
    [InlineData(2, 3, 2, 1, 1, 1, 1, """
        [1, 2, 6, 4]
        0.21875 1.40625 1.140625 1.421875 0.09375 2.0625 0.140625 2.171875 1.703125 0.78125 2.625 1.5 3.0625 -0.625 2.75 0.53125 -0.046875
        1.59375 0.515625 1.21875 0.578125 2.53125 0.828125 1.53125 0.40625 2.6875 0.390625 -1.125 0.796875 0.203125 0.765625 -0.796875
        0.015625 3.703125 0 -1.125 -0.34375 1.15625 -0.734375 1.71875 0.703125 -1.75 0.328125 2.828125 1.328125 -1.171875 0.640625 -0.453125
        """)]
    [InlineData(4, 3, 2, 1, 0, 1, 2, """
        [1, 4, 5, 3]
        -0.34375 1.015625 1.84375 1.1875 1.046875 0.53125 0.4375 0.78125 2.625 0.953125 0.578125 3.53125 1.21875 1.984375 -0.1875 0.59375
        2.46875 0.15625 1.09375 1.046875 0.21875 0.4375 2.15625 0 0.78125 -1.734375 -0.8125 0.28125 -0.671875 0.5625 -0.3125 -0.484375
        -1.578125 -1.96875 0.140625 -1.265625 0.390625 -0.875 -0.875 1.234375 -2.078125 -1.65625 -2.140625 -1.265625 -0.171875 0.6875
        1.09375 1.109375 0.578125 0.03125 1.421875 0.453125 2.421875 0.875 -0.25 3.765625 0.953125 1.296875 -0.203125 0.640625
        """)]
    [InlineData(2, 3, 1, 2, 1, 2, 1, """
        [1, 2, 4, 3]
        1.765625 1.765625 0.5625 1.703125 2.625 1.28125 -0.765625 0.40625 1.625 1.515625 2.125 1.09375 0.234375 0.15625 4.0625 0.015625 0
        2.828125 1.296875 0.59375 -2.0625 -0.171875 -0.5 0.484375
        """)]
    [InlineData(1, 2, 3, 1, 2, 1, 1, """
        [1, 1, 8, 5]
        2.4375 1.375 2.234375 0.71875 1.375 1.375 1.375 1.375 1.375 1.375 2.359375 1.375 1.375 0.25 1.375 2.59375 1.375 2 0.875 1.375 1.375
        1.375 1.375 1.375 1.375 1.375 1.375 2.15625 2.859375 1.375 0.59375 1.375 -0.03125 2.46875 1.375 1.375 1.375 1.375 1.375 1.375
        """)]
    public void Matches_PyTorch(int filters, int kernel, int stride, int padding, int outputPadding, int dilation, int groups, string expected)
    {
        var layer = new ConvTranspose2D(filters, kernel, stride, padding, outputPadding, dilation, groups, input: 2)
            .With(("weight", Pattern.Salted(1, 2, filters / groups, kernel, kernel)), ("bias", Pattern.Salted(2, filters)));
        Expect.Both(expected, layer.Forward(Pattern.Of(1, 2, 3, 2)), layer.Forward(Pattern.Of(1, 2, 3, 2).ToDouble()));
    }

    [Fact] // ⟨Conv(a), b⟩ = ⟨a, ConvTranspose(b)⟩ with the same weights
    public void It_is_the_transpose_of_a_convolution()
    {
        Tensor<double> a = Pattern.Salted(1, 2, 3, 7, 5).ToDouble(), b = Pattern.Salted(2, 2, 4, 4, 3).ToDouble();
        var weight = Pattern.Salted(3, 4, 3, 3, 3);
        var convolution = new Conv2D(4, kernel: 3, stride: 2, padding: 1, bias: false).With(("weight", weight));
        var transpose = new ConvTranspose2D(3, kernel: 3, stride: 2, padding: 1, bias: false).With(("weight", weight));
        Assert.Equal(Dot(convolution.Forward(a), b), Dot(a, transpose.Forward(b)), 1e-9);

        static double Dot(Tensor<double> left, Tensor<double> right) => left.ToArray().Zip(right.ToArray(), (one, other) => one * other).Sum();
    }

    [Theory] // 8 channels, 4 filters, kernel 3, groups 2: fan-in 18, fan-out 72, as PyTorch counts them
    [InlineData(Initializer.Default, 0.2357, 0.1361)]
    [InlineData(Initializer.GlorotUniform, 0.2582, 0.1491)]
    [InlineData(Initializer.HeUniform, 0.5774, 0.3333)]
    public void Initialisers_have_their_bounds_and_deviations(Initializer initializer, double bound, double deviation)
    {
        var layer = new ConvTranspose2D(4, kernel: 3, groups: 2, initializer: initializer);
        layer.Forward(Tensor.Zeros(1, 8, 3, 3));
        double[] weight = layer.Parameters[0].Value.ToDouble().ToArray(), bias = layer.Parameters[1].Value.ToDouble().ToArray();
        Assert.All(weight, value => Assert.InRange(value, -bound - 1e-4, bound + 1e-4));
        Assert.InRange(Math.Sqrt(weight.Average(value => value * value)), deviation * 0.85, deviation * 1.15);
        Assert.Equal(initializer == Initializer.Default, bias.Any(value => value != 0));
    }

    [Fact]
    public void Shapes_are_checked()
    {
        Expect.Mismatch(() => new ConvTranspose2D(6, 3).Forward(Tensor.Zeros(1, 784)), "[N, C, H, W]", "[1, 784]");
        Expect.Mismatch(() => new ConvTranspose2D(6, 3, groups: 2).Forward(Tensor.Zeros(1, 3, 5, 5)), "2 groups", "3 channels (dimension 1) of [1, 3, 5, 5]");
        Expect.Mismatch(() => new ConvTranspose2D(6, 3, padding: 4).Forward(Tensor.Zeros(1, 3, 5, 6)), "padding 4", "[1, 3, 5, 6] becomes -1×0");
        Expect.Mismatch(
            () => new ConvTranspose2D(6, 3, input: 3).Forward(Tensor.Zeros(1, 1, 5, 5)),
            "declared with 3 inputs but receives [1, 1, 5, 5]: dimension 1 is 1");
    }

    [Fact]
    public void Numbers_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2D(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2D(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2D(1, 3, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2D(1, 3, padding: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2D(1, 3, outputPadding: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2D(1, 3, dilation: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2D(1, 3, groups: 0));
        Assert.Contains("2 groups do not divide 3 filters", Assert.Throws<ArgumentException>(() => new ConvTranspose2D(3, 3, groups: 2)).Message,
            StringComparison.Ordinal);
        Assert.Contains("output padding 2 has to be less than the stride, 2", Assert.Throws<ArgumentException>(() =>
            new ConvTranspose2D(3, 3, stride: 2, outputPadding: 2)).Message, StringComparison.Ordinal);
    }
}
