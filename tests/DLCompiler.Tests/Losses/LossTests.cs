using System;
using Xunit;

namespace DLCompiler.Tests.Losses;

/// <summary>Worked examples, and figures of torch.nn.functional in double precision; P is <see cref="Pattern"/>.</summary>
public class LossTests
{
    private static readonly Tensor X = Pattern.Of(2, 3);
    private static readonly Tensor<double> XD = X.ToDouble();
    private static readonly Tensor Target = Pattern.Salted(1, 2, 3).Abs() / 2;
    private static readonly Tensor<double> TargetD = Target.ToDouble();

    [Fact]
    public void SoftmaxCrossEntropy() // F.cross_entropy(P(4, 3), [0, 2, 1, 1])
    {
        Tensor logits = Pattern.Of(4, 3);
        var labels = Tensor<int>.FromArray([0, 2, 1, 1]);
        Expect.Both("[] 2.33349607", logits.SoftmaxCrossEntropy(labels), logits.ToDouble().SoftmaxCrossEntropy(labels));
        Expect.Tensor("[] 2.33349607", logits.Reshape(2, 2, 3).SoftmaxCrossEntropy(Tensor<int>.FromArray([0, 2, 1, 1], 2, 2)));
    }

    [Fact]
    public void SoftmaxCrossEntropy_of_equal_logits_is_the_logarithm_of_the_classes()
        => Assert.Equal(Math.Log(10), Tensor<double>.Full(7, 4, 10).SoftmaxCrossEntropy(Tensor<int>.FromArray([0, 3, 9, 5])).Item(), 1e-14);

    [Fact]
    public void SoftmaxCrossEntropy_is_stable()
    {
        var labels = Tensor<int>.FromArray([0, 0]);
        Expect.Tensor("[] 500", Tensor.FromArray([1000, 0, 0, 1000], 2, 2).SoftmaxCrossEntropy(labels));
        Expect.Tensor("[] 0", Tensor.FromArray([0, float.NegativeInfinity, 1000, -1000], 2, 2).SoftmaxCrossEntropy(labels));
        Expect.Tensor("[] inf", Tensor.FromArray([float.NegativeInfinity, 0, 0, 0], 2, 2).SoftmaxCrossEntropy(labels));
        Expect.Tensor("[] nan", Tensor.FromArray([0, float.NaN, 0, 0], 2, 2).SoftmaxCrossEntropy(labels));
        Expect.Tensor("[] nan", Tensor.Zeros(0, 3).SoftmaxCrossEntropy(Tensor<int>.FromArray([])));
    }

    [Fact]
    public void SoftmaxCrossEntropy_errors()
    {
        var labels = Tensor<int>.FromArray([0, 3]);
        Expect.Mismatch(() => Tensor.Zeros(3, 4).SoftmaxCrossEntropy(labels), "logits [3, 4] with labels [2]", "[3]");
        Expect.Mismatch(() => Tensor.Full(1).SoftmaxCrossEntropy(labels), "[]", "[2]");
        Assert.Contains(
            "label 3 at position 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => X.SoftmaxCrossEntropy(labels)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => X.SoftmaxCrossEntropy(Tensor<int>.FromArray([0, -1])));
    }

    [Fact]
    public void MeanSquaredError()
    {
        Expect.Tensor("[] 2.5", Tensor.FromArray([1, 2]).MeanSquaredError(Tensor.FromArray([0, 4])));
        // F.mse_loss(P(2, 3), P(2, 3, salt=1))
        Expect.Both("[] 2.01041667", X.MeanSquaredError(Pattern.Salted(1, 2, 3)), XD.MeanSquaredError(Pattern.Salted(1, 2, 3).ToDouble()));
        Expect.Tensor("[] nan", Tensor.Zeros(0).MeanSquaredError(Tensor.Zeros(0)));
        Expect.Mismatch(
            () => X.MeanSquaredError(Tensor.Zeros(2, 1)),
            "can't compare [2, 3] with a target of shape [2, 1]: dimension 1 is 3 in the first and 1 in the target");
        Expect.Mismatch(() => X.MeanSquaredError(Tensor.Zeros(6)), "[2, 3]", "[6]", "2 axes");
    }

    [Fact]
    public void SigmoidCrossEntropy() // F.binary_cross_entropy_with_logits(4 * P(2, 3), P(2, 3, salt=1).abs() / 2), and with ones
    {
        Expect.Both("[] 0.995295222", (X * 4).SigmoidCrossEntropy(Target), (XD * 4).SigmoidCrossEntropy(TargetD));
        Expect.Both("[] 0.972199454", X.SigmoidCrossEntropy(1), XD.SigmoidCrossEntropy(1));
        Expect.Both("[] 0.972199454", X.SigmoidCrossEntropy(Tensor.Ones(2, 3)), XD.SigmoidCrossEntropy(Tensor<double>.Full(1, 2, 3)));
    }

    [Fact]
    public void SigmoidCrossEntropy_is_stable()
    {
        Expect.Tensor("[] 500", Tensor.FromArray([1000, -1000, 1000, -1000]).SigmoidCrossEntropy(Tensor.FromArray([1, 0, 0, 1])));
        Assert.Equal(Math.Exp(-50), Tensor<double>.Full(50).SigmoidCrossEntropy(1).Item(), 1e-36);
        Expect.Tensor("[] nan", Tensor.Full(float.NaN).SigmoidCrossEntropy(0));
        Expect.Mismatch(() => X.SigmoidCrossEntropy(Tensor.Zeros(3, 2)), "[2, 3]", "[3, 2]", "dimension 0 is 2 in the first and 3 in the target");
    }

    [Fact]
    public void BinaryCrossEntropy() // F.binary_cross_entropy(P(2, 3).sigmoid(), P(2, 3, salt=1).abs() / 2)
    {
        Expect.Both("[] 0.606314038", X.Sigmoid().BinaryCrossEntropy(Target), XD.Sigmoid().BinaryCrossEntropy(TargetD));
        Expect.Tensor("[] 0.693147181", Tensor.Full(0.5f, 3).BinaryCrossEntropy(Tensor.FromArray([0, 1, 0.5f])));
        Expect.Mismatch(() => X.BinaryCrossEntropy(Tensor.Zeros(2)), "[2, 3]", "[2]");
    }

    [Fact]
    public void BinaryCrossEntropy_of_certain_predictions_is_bounded() // F.binary_cross_entropy gives the same
        => Expect.Tensor("[] 43.75", Tensor.FromArray([0, 1, 0, 1]).BinaryCrossEntropy(Tensor.FromArray([0, 1, 1, 0.25f])));
}
