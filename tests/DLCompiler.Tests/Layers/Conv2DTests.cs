using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests.Layers;

public class Conv2DTests
{
    [Fact]
    public void A_worked_example()
    {
        var layer = new Conv2D(1, kernel: 2).With(("weight", Tensor.FromArray([1, 0, 0, -1], 1, 1, 2, 2)), ("bias", Tensor.FromArray([0.5f])));
        Expect.Tensor("[1, 1, 2, 2] -3.5 -3.5 -3.5 -3.5", layer.Forward(Tensor.FromArray([1, 2, 3, 4, 5, 6, 7, 8, 9], 1, 1, 3, 3)));
    }

    // F.conv2d(P(1, 2, 5, 4), P(weight, salt=1), P(bias, salt=2), …)
    [Theory]
    [InlineData(2, 3, 1, 0, 1, 1, "[1, 2, 3, 2] -4.75 6.328125 4.34375 -4.703125 -1.296875 4.390625 -2.546875 4.953125 1.578125 -2.421875 -0.765625 1.703125")]
    [InlineData(2, 3, 2, 1, 1, 1, """
        [1, 2, 3, 2]
        -1.9375 3.796875 0.546875 -4.703125 4.109375 0.921875 -0.203125 -1.109375 1.078125 -2.421875 3.171875 1.890625
        """)]
    [InlineData(1, 2, 1, 0, 2, 1, "[1, 1, 3, 2] 3.140625 1.203125 1.5 3.15625 -1.21875 1.515625")]
    [InlineData(4, 3, 2, 1, 1, 2, """
        [1, 4, 3, 2]
        0.078125 2.234375 1.296875 -1.6875 3.609375 2.546875 -1.078125 -2.078125 2.65625 -2 -0.640625 1.859375
        -1.25 -0.171875 -2.5625 -1.203125 -0.03125 -2.96875 1.421875 -1.4375 1.84375 1.078125 1.703125 1.546875
        """)]
    [InlineData(2, 2, 2, 1, 3, 2, "[1, 2, 2, 2] 1.9375 1.375 0.125 1.140625 -0.21875 -0.25 -0.375 -0.8125")]
    public void Matches_PyTorch(int filters, int kernel, int stride, int padding, int dilation, int groups, string expected)
    {
        var layer = new Conv2D(filters, kernel, stride, padding, dilation, groups, input: 2)
            .With(("weight", Pattern.Salted(1, filters, 2 / groups, kernel, kernel)), ("bias", Pattern.Salted(2, filters)));
        Expect.Both(expected, layer.Forward(Pattern.Of(1, 2, 5, 4)), layer.Forward(Pattern.Of(1, 2, 5, 4).ToDouble()));
    }

    [Fact]
    public void Samples_do_not_mix()
    {
        var layer = new Conv2D(3, kernel: 3, padding: 1, bias: false);
        var both = layer.Forward(Pattern.Of(2, 2, 4, 4));
        Assert.Equal(both.Slice(0, 1, 1).ToArray(), layer.Forward(Pattern.Of(2, 2, 4, 4).Slice(0, 1, 1)).ToArray());
        Assert.Equal("weight", Assert.Single(layer.Parameters).Name);
    }

    [Theory] // channels 8, kernel 3, groups 2, filters 4: fan-in 36, fan-out 36 (PyTorch's)
    [InlineData(Initializer.Default, 1 / 6.0, 1 / 10.392)]
    [InlineData(Initializer.GlorotUniform, 0.28868, 1 / 6.0)]
    [InlineData(Initializer.HeUniform, 0.40825, 0.2357)]
    [InlineData(Initializer.GlorotNormal, 0.9, 1 / 6.0)]
    [InlineData(Initializer.HeNormal, 1.2, 0.2357)]
    [InlineData(Initializer.Normal, 4.5, 1)]
    [InlineData(Initializer.Zeros, 0, 0)]
    public void Initialisers_have_their_bounds_and_deviations(Initializer initializer, double bound, double deviation)
    {
        var layer = new Conv2D(4, kernel: 3, groups: 2, initializer: initializer);
        layer.Forward(Tensor.Zeros(1, 8, 3, 3));
        double[] weight = layer.Parameters[0].Value.ToDouble().ToArray(), bias = layer.Parameters[1].Value.ToDouble().ToArray();
        Assert.All(weight, value => Assert.InRange(value, -bound - 1e-6, bound + 1e-6));
        Assert.InRange(Math.Sqrt(weight.Average(value => value * value)), deviation * 0.85, deviation * 1.15);
        Assert.Equal(initializer == Initializer.Default, bias.Any(value => value != 0));
    }

    [Fact]
    public void Ones_are_ones()
    {
        var layer = new Conv2D(1, kernel: 2, initializer: Initializer.Ones);
        Expect.Tensor("[1, 1, 1, 1] 12", layer.Forward(Tensor.Full(3, 1, 1, 2, 2)));
    }

    [Fact]
    public void Shapes_are_checked()
    {
        Expect.Mismatch(() => new Conv2D(6, kernel: 5).Forward(Tensor.Zeros(1, 784)), "[N, C, H, W]", "[1, 784]");
        Expect.Mismatch(() => new Conv2D(6, kernel: 7).Forward(Tensor.Zeros(1, 1, 5, 5)), "kernel 7 does not fit the padded input 5×5", "[1, 1, 5, 5]");
        Expect.Mismatch(
            () => new Conv2D(6, kernel: 3, dilation: 3).Forward(Tensor.Zeros(1, 1, 6, 9)),
            "kernel 3, dilated to 7, does not fit the padded input 6×9");
        Expect.Mismatch(() => new Conv2D(6, kernel: 3, groups: 2).Forward(Tensor.Zeros(1, 3, 5, 5)), "2 groups", "3 channels (dimension 1) of [1, 3, 5, 5]");
        Expect.Mismatch(
            () => new Conv2D(6, kernel: 3, input: 3).Forward(Tensor.Zeros(1, 1, 5, 5)),
            "declared with 3 inputs but receives [1, 1, 5, 5]: dimension 1 is 1");
    }

    [Fact]
    public void Numbers_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2D(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2D(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2D(1, 3, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2D(1, 3, padding: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2D(1, 3, dilation: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2D(1, 3, groups: 0));
        Assert.Contains(
            "2 groups do not divide 3 filters",
            Assert.Throws<ArgumentException>(() => new Conv2D(3, 3, groups: 2)).Message,
            StringComparison.Ordinal);
    }
}
