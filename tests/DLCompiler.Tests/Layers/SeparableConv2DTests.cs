using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests.Layers;

public class SeparableConv2DTests
{
    // F.conv2d(F.conv2d(P(1, 2, 5, 4), P(depthwise, salt=1), None, stride, padding, dilation, groups=2), P(pointwise, salt=2), P(bias, salt=3))
    [Theory]
    [InlineData(3, 3, 1, 1, 1, 1, """
        [1, 3, 5, 4]
        -2.41210938 0.2265625 1.44726562 0.92578125 3.40234375 -5.06640625 2.87109375 -1.11328125 -0.419921875 3.32421875 -5.08984375
        1.76757812 -1.546875 -1.26757812 3.30078125 -4.74023438 3.07226562 -2.47265625 1.08007812 0.82421875 -1.87890625 -0.375 -0.634765625
        -1.3046875 -2.05664062 -1.3046875 0.349609375 -1.50976562 -1.83789062 -2.86328125 -1.20898438 -1.29101562 -0.361328125 -2.84960938
        -2.76757812 0.814453125 -2.76757812 1.90820312 -3.69726562 -2.19335938 3.59570312 -0.9765625 -1.86328125 -0.48046875 -1.99023438
        5.51171875 -4.55273438 1.82226562 1.55078125 -0.875 5.41210938 -1.33984375 0.779296875 3.69921875 -0.974609375 2.4609375 -0.74609375
        -1.21289062 2.44140625 0.763671875
        """)]
    [InlineData(1, 2, 2, 0, 1, 2, "[1, 1, 2, 2] -4.12890625 -1.13476562 -4.01171875 -4.56640625")]
    [InlineData(2, 3, 1, 2, 2, 1, """
        [1, 2, 5, 4]
        -0.658203125 0.974609375 -3.3515625 2.09375 -1.04492188 -0.400390625 1.5390625 -3.2578125 2.97070312 -0.15234375 -1.53125 0.30078125
        -0.75 3.47070312 -0.1875 -2.21679688 -0.982421875 -0.669921875 3.33007812 -0.181640625 -0.005859375 0.5546875 0.076171875
        -2.19335938 -1.53710938 -0.34765625 -2.71289062 0.048828125 -4.01171875 -0.8125 -1.37304688 -1.00390625 -2.54882812 -2.6171875
        -0.580078125 -1.90625 0.63671875 -2.890625 -3.99804688 -0.29296875
        """)]
    public void Matches_PyTorch(int filters, int kernel, int stride, int padding, int dilation, int depthMultiplier, string expected)
    {
        var layer = new SeparableConv2D(filters, kernel, stride, padding, dilation, depthMultiplier, input: 2).With(
            ("depthwise.weight", Pattern.Salted(1, 2 * depthMultiplier, 1, kernel, kernel)),
            ("pointwise.weight", Pattern.Salted(2, filters, 2 * depthMultiplier, 1, 1)),
            ("pointwise.bias", Pattern.Salted(3, filters)));
        Expect.Both(expected, layer.Forward(Pattern.Of(1, 2, 5, 4)), layer.Forward(Pattern.Of(1, 2, 5, 4).ToDouble()));
    }

    [Fact]
    public void It_is_a_depthwise_and_a_pointwise_convolution()
    {
        var x = Pattern.Of(2, 3, 5, 5);
        var layer = new SeparableConv2D(4, kernel: 3, padding: 1, depthMultiplier: 2);
        var y = layer.Forward(x);
        Assert.Equal(["depthwise.weight", "pointwise.weight", "pointwise.bias"], layer.Parameters.Select(parameter => parameter.Name));
        var depthwise = new DepthwiseConv2D(kernel: 3, padding: 1, depthMultiplier: 2, bias: false).With(("weight", layer.Parameters[0].Value));
        var pointwise = new Conv2D(4, kernel: 1).With(("weight", layer.Parameters[1].Value), ("bias", layer.Parameters[2].Value));
        Assert.Equal(pointwise.Forward(depthwise.Forward(x)).ToArray(), y.ToArray());
    }

    [Fact]
    public void Each_weight_has_its_own_fan()
    {
        var layer = new SeparableConv2D(5, kernel: 3, depthMultiplier: 2);
        layer.Forward(Tensor.Zeros(1, 8, 3, 3));
        double[] bounds = [1 / 3.0, 1 / 4.0, 1 / 4.0];
        for (int index = 0; index < 3; index++)
            Assert.InRange(layer.Parameters[index].Value.ToArray().Max(Math.Abs), bounds[index] * (index == 2 ? 0.4 : 0.9), bounds[index]);
    }

    [Fact]
    public void Shapes_and_numbers_are_checked()
    {
        Expect.Mismatch(() => new SeparableConv2D(6, 3).Forward(Tensor.Zeros(1, 784)), "[N, C, H, W]", "[1, 784]");
        Expect.Mismatch(() => new SeparableConv2D(6, 7).Forward(Tensor.Zeros(1, 1, 5, 5)), "kernel 7 does not fit the padded input 5×5");
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeparableConv2D(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeparableConv2D(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeparableConv2D(1, 3, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeparableConv2D(1, 3, padding: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeparableConv2D(1, 3, dilation: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeparableConv2D(1, 3, depthMultiplier: 0));
    }
}
