using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests.Layers;

public class DepthwiseConv2DTests
{
    // F.conv2d(P(1, 2, 5, 4), P(weight, salt=1), P(bias, salt=2), stride, padding, dilation, groups=2)
    [Theory]
    [InlineData(3, 1, 1, 1, 1, """
        [1, 2, 5, 4]
        0.078125 1.4375 2.234375 2.03125 3.6875 -1.65625 2.9375 0.8125 1.296875 3.78125 -1.6875 2.546875 0.34375 0.953125 3.75 -1.828125
        3.609375 -0.625 2.546875 2.125 -1.765625 1.3125 1.8125 0.84375 1.640625 -2.84375 3.640625 -0.609375 -0.5 0.8125 -2.765625 1.375
        0.234375 -2 0.890625 -0.59375 0.75 1.859375 -1.375 -0.078125
        """)]
    [InlineData(3, 2, 1, 1, 2, """
        [1, 4, 3, 2]
        0.078125 2.234375 1.296875 -1.6875 3.609375 2.546875 -1.078125 -2.078125 2.65625 -2 -0.640625 1.859375 -1.25 -0.171875 -2.5625
        -1.203125 -0.03125 -2.96875 1.421875 -1.4375 1.84375 1.078125 1.703125 1.546875
        """)]
    [InlineData(2, 1, 0, 2, 1, "[1, 2, 3, 2] 3.484375 -0.0625 0.4375 3.359375 2.421875 0.3125 -0.09375 1.515625 1.3125 0.046875 -3.390625 1.453125")]
    [InlineData(2, 2, 1, 1, 3, """
        [1, 6, 3, 3]
        2.0625 1.984375 2 0.953125 1.375 1.765625 1.5625 0.3125 1.53125 -0.78125 -0.6875 -0.75 1.078125 -2.09375 -1.15625 0.75 3.234375
        -1.25 0.328125 -0.125 -0.625 -2.03125 1.265625 -0.484375 -2.21875 -2.46875 -0.4375 0.546875 -0.421875 2.765625 0.3125 -0.953125
        -0.78125 1.34375 -0.8125 -0.59375 0.84375 -0.046875 -0.078125 1.6875 2.03125 -0.296875 -1.8125 2.453125 0.03125 -1.375 -0.390625
        -2.921875 -1.609375 -1.8125 -0.171875 -1.375 -2.1875 -0.78125
        """)]
    public void Matches_PyTorch(int kernel, int stride, int padding, int dilation, int depthMultiplier, string expected)
    {
        var layer = new DepthwiseConv2D(kernel, stride, padding, dilation, depthMultiplier, input: 2)
            .With(("weight", Pattern.Salted(1, 2 * depthMultiplier, 1, kernel, kernel)), ("bias", Pattern.Salted(2, 2 * depthMultiplier)));
        Expect.Both(expected, layer.Forward(Pattern.Of(1, 2, 5, 4)), layer.Forward(Pattern.Of(1, 2, 5, 4).ToDouble()));
    }

    [Fact]
    public void Channels_do_not_mix()
    {
        var layer = new DepthwiseConv2D(kernel: 3, padding: 1, bias: false);
        var both = layer.Forward(Pattern.Of(1, 2, 4, 4));
        var second = layer.Forward(Tensor.Concat(1, Tensor.Zeros(1, 1, 4, 4), Pattern.Of(1, 2, 4, 4).Slice(1, 1, 1)));
        Assert.Equal(both.Slice(1, 1, 1).ToArray(), second.Slice(1, 1, 1).ToArray());
        Assert.All(second.Slice(1, 0, 1).ToArray(), value => Assert.Equal(0, value));
        Assert.Equal("weight", Assert.Single(layer.Parameters).Name);
    }

    [Theory] // 8 channels, kernel 3, multiplier 2: fan-in 9, fan-out 144 (PyTorch's)
    [InlineData(Initializer.Default, 1 / 3.0, 1 / 5.196)]
    [InlineData(Initializer.GlorotUniform, 0.19803, 0.11433)]
    [InlineData(Initializer.HeUniform, 0.8165, 0.4714)]
    public void Initialisers_have_their_bounds_and_deviations(Initializer initializer, double bound, double deviation)
    {
        var layer = new DepthwiseConv2D(kernel: 3, depthMultiplier: 2, initializer: initializer);
        layer.Forward(Tensor.Zeros(1, 8, 3, 3));
        double[] weight = layer.Parameters[0].Value.ToDouble().ToArray(), bias = layer.Parameters[1].Value.ToDouble().ToArray();
        Assert.All(weight, value => Assert.InRange(value, -bound - 1e-6, bound + 1e-6));
        Assert.InRange(Math.Sqrt(weight.Average(value => value * value)), deviation * 0.85, deviation * 1.15);
        Assert.Equal(initializer == Initializer.Default, bias.Any(value => value != 0));
    }

    [Fact]
    public void Shapes_are_checked()
    {
        Expect.Mismatch(() => new DepthwiseConv2D(3).Forward(Tensor.Zeros(1, 784)), "[N, C, H, W]", "[1, 784]");
        Expect.Mismatch(() => new DepthwiseConv2D(7).Forward(Tensor.Zeros(1, 1, 5, 5)), "kernel 7 does not fit the padded input 5×5", "[1, 1, 5, 5]");
        Expect.Mismatch(
            () => new DepthwiseConv2D(3, input: 3).Forward(Tensor.Zeros(1, 1, 5, 5)),
            "declared with 3 inputs but receives [1, 1, 5, 5]: dimension 1 is 1");
    }

    [Fact]
    public void Numbers_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DepthwiseConv2D(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DepthwiseConv2D(3, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DepthwiseConv2D(3, padding: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DepthwiseConv2D(3, dilation: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DepthwiseConv2D(3, depthMultiplier: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DepthwiseConv2D(3, input: -1));
    }
}
