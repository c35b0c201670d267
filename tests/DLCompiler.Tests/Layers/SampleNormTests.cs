using System;
using Xunit;

namespace DLCompiler.Tests.Layers;

/// <summary>What the layers reject that normalise each sample by itself, and their double-precision forms; PyTorch's figures stand elsewhere.</summary>
public class SampleNormTests
{
    [Fact]
    public void Double_precision_agrees_with_single()
    {
        Tensor x = Pattern.Of(2, 4, 3);
        Tensor<double> d = x.ToDouble();
        (Tensor Single, Tensor<double> Double)[] pairs =
        [
            (new LayerNorm().Forward(x), new LayerNorm().Forward(d)), (new RmsNorm().Forward(x), new RmsNorm().Forward(d)),
            (new GroupNorm(2).Forward(x), new GroupNorm(2).Forward(d)), (new InstanceNorm().Forward(x), new InstanceNorm().Forward(d)),
        ];
        Assert.All(pairs, pair => Assert.Equal(pair.Single.ToArray(), pair.Double.ToSingle().ToArray()));
    }

    [Fact]
    public void Inputs_and_numbers_that_do_not_fit_are_rejected()
    {
        Expect.Mismatch(() => new GroupNorm(3).Forward(Tensor.Ones(2, 4)), "3 groups", "[2, 4]");
        Expect.Mismatch(() => new InstanceNorm().Forward(Tensor.Ones(2, 4)), "[2, 4]");
        Expect.Mismatch(() => new LayerNorm(features: 3).Forward(Tensor.Ones(2, 4)), "3 inputs", "[2, 4]");
        Expect.Mismatch(() => new RmsNorm().Forward(Tensor.Full(1)), "[N, features]");
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerNorm(epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsNorm(epsilon: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstanceNorm(features: -1));
        Expect.Mismatch(() => Tensor.Ones(1, 3, 2, 2).PixelShuffle(2), "[1, 3, 2, 2]");
        Expect.Mismatch(() => Tensor.Ones(1, 3, 2, 2).Crop(1, 1, 0, 0), "[1, 3, 2, 2]");
        Expect.Mismatch(() => Tensor.Ones(3, 2).GlobalAvgPool(), "[3, 2]");
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Ones(1, 1, 2, 2).ZeroPad(-1, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Ones(1, 1, 2, 2).UpsampleNearest(0));
    }
}
