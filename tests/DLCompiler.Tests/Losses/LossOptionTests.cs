using System;
using Xunit;

namespace DLCompiler.Tests.Losses;

/// <summary>What losses reject, and their double-precision forms; their figures are compared with PyTorch's elsewhere.</summary>
public class LossOptionTests
{
    private static readonly Tensor X = Pattern.Of(2, 3), Target = Pattern.Salted(1, 2, 3).Abs() / 2;
    private static readonly Tensor<int> Labels = Tensor<int>.FromArray([0, 2]);

    [Fact]
    public void Double_precision_agrees_with_single()
    {
        Tensor<double> d = X.ToDouble(), target = Target.ToDouble();
        (Tensor Single, Tensor<double> Double)[] pairs =
        [
            (X.MeanSquaredError(Target, reduction: Reduction.Sum), d.MeanSquaredError(target, reduction: Reduction.Sum)),
            (X.MeanAbsoluteError(Target, Target), d.MeanAbsoluteError(target, target)), (X.Huber(Target, 0.5f), d.Huber(target, 0.5)),
            (X.SmoothL1(Target, 0.5f), d.SmoothL1(target, 0.5)), (X.LogCosh(Target), d.LogCosh(target)),
            (X.SigmoidCrossEntropy(Target, 2), d.SigmoidCrossEntropy(target, 2)), (X.SigmoidFocalCrossEntropy(Target), d.SigmoidFocalCrossEntropy(target)),
            (X.KullbackLeibler(Target), d.KullbackLeibler(target)), (X.Hinge(Target), d.Hinge(target)), (X.SquaredHinge(Target), d.SquaredHinge(target)),
            (X.PoissonNegativeLogLikelihood(Target, full: true), d.PoissonNegativeLogLikelihood(target, full: true)),
            (X.SoftmaxCrossEntropy(Labels, 0.5f, 0), d.SoftmaxCrossEntropy(Labels, 0.5, 0)),
            (X.SoftmaxCrossEntropy(Target, 0.5f), d.SoftmaxCrossEntropy(target, 0.5)),
            (X.NegativeLogLikelihood(Labels, classWeights: [1, 2, 3]), d.NegativeLogLikelihood(Labels, classWeights: [1, 2, 3])),
        ];
        Assert.All(pairs, pair => Assert.Equal(pair.Single.ToArray(), pair.Double.ToSingle().ToArray()));
    }

    [Fact]
    public void Weights_and_numbers_that_do_not_fit_are_rejected()
    {
        Expect.Mismatch(() => X.MeanSquaredError(Target, Tensor.Ones(2)), "[2, 3]", "[2]");
        Expect.Mismatch(() => X.MeanSquaredError(Target, Tensor.Ones(4, 2, 3)), "can't weight losses [2, 3] by [4, 2, 3]");
        Expect.Mismatch(() => X.SoftmaxCrossEntropy(Labels, classWeights: [1, 2]), "2 weights for 3 classes");
        Expect.Mismatch(() => X.SoftmaxCrossEntropy(Tensor.Ones(2, 2)), "logits [2, 3] with probabilities [2, 2]");
        Assert.Throws<ArgumentOutOfRangeException>(() => X.SoftmaxCrossEntropy(Labels, labelSmoothing: 1.5f));
        Assert.Throws<ArgumentOutOfRangeException>(() => X.NegativeLogLikelihood(Tensor<int>.FromArray([0, 3])));
    }
}
