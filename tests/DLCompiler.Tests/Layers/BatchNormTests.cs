using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests.Layers;

public class BatchNormTests
{
    private static BatchNorm Trained(BatchNorm layer) => layer.With(
        ("weight", Pattern.Salted(3, 3)),
        ("bias", Pattern.Salted(4, 3)),
        ("running_mean", Pattern.Salted(1, 3)),
        ("running_var", Pattern.Salted(2, 3).Abs() + 0.5f));

    [Fact]
    public void Matches_PyTorch() // F.batch_norm(P(2, 3, 2), P(3, salt=1), P(3, salt=2).abs() + 0.5, P(3, salt=3), P(3, salt=4), False, 0.1, eps)
    {
        string images = """
            [2, 3, 2] 1.37551942 1.21576743 -0.416262269 -2.94215286 -1.31979991 -1.79949978
            1.20435658 1.30705428 -3.12257361 -1.49878681 -1.74619979 -1
            """;
        Expect.Both(images, Trained(new BatchNorm()).Forward(Pattern.Of(2, 3, 2)), Trained(new BatchNorm()).Forward(Pattern.Of(2, 3, 2).ToDouble()));
        Expect.Tensor(
            "[2, 3] 1.37548629 -2.03862158 -1.58608889 1.15873724 -1.31741438 -1.79921212",
            Trained(new BatchNorm(epsilon: 1e-3f)).Forward(Pattern.Of(2, 3)));
    }

    [Fact]
    public void An_untrained_layer_only_scales_by_epsilon()
    {
        var layer = new BatchNorm(features: 2);
        Expect.Tensor("[1, 2] 0.999995 -1.99999", layer.Forward(Tensor.FromArray([1, -2], 1, 2)));
        Assert.Equal(["weight", "bias", "running_mean", "running_var"], layer.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Errors()
    {
        Expect.Mismatch(() => new BatchNorm().Forward(Tensor.Zeros(3)), "[N, C]", "[3]");
        Expect.Mismatch(() => new BatchNorm(features: 4).Forward(Tensor.Zeros(1, 3)), "declared with 4", "[1, 3]", "dimension 1 is 3");
        Expect.Mismatch(() => Trained(new BatchNorm()).Forward(Tensor.Zeros(1, 4)), "weight of shape [3]", "[4]");
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(momentum: 1.5f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(momentum: float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(features: -1));
    }
}
