using System;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class HostLossTests
{
    [Fact]
    public void SoftmaxCrossEntropy()
    {
        // log(e + e² + e³) = 3.407605964444380; the second row is shifted by 1000, far beyond exp's range.
        var (loss, right) = HostLoss.SoftmaxCrossEntropy([1, 2, 3, 1001, 1002, 1003], [2, 0], 3);
        Assert.Equal(0.407605964444380 + 2.407605964444380, loss, 1e-12);
        Assert.Equal(1, right);
    }

    [Fact]
    public void EqualLogitsAnswerTheFirst()
    {
        Assert.Equal(1, HostLoss.SoftmaxCrossEntropy([5, 5], [0], 2).Right);
        Assert.Equal(0, HostLoss.SoftmaxCrossEntropy([5, 5], [1], 2).Right);
    }

    [Fact]
    public void NaNIsNeverRight()
    {
        for (int at = 0; at < 3; at++)
        {
            float[] logits = [1, 2, 3];
            logits[at] = float.NaN;
            for (int label = 0; label < 3; label++)
            {
                var (loss, right) = HostLoss.SoftmaxCrossEntropy(logits, [label], 3);
                Assert.True(double.IsNaN(loss));
                Assert.Equal(0, right);
            }
        }
    }

    [Fact]
    public void MeanSquaredError() => Assert.Equal(1 + 0.25 + 9, HostLoss.OfElements(Loss.MeanSquaredError, [1, 2, 3], [2, 1.5f, 0]), 1e-12);

    [Theory]
    [InlineData(Loss.MeanAbsoluteError, 4.5)]
    [InlineData(Loss.Huber, 0.5 + 0.125 + 2.5)]
    [InlineData(Loss.SmoothL1, 0.5 + 0.125 + 2.5)]
    [InlineData(Loss.Hinge, 0)]
    public void Losses_of_elements_are_summed(Loss loss, double expected) =>
        Assert.Equal(expected, HostLoss.OfElements(loss, [1, 2, 3], loss == Loss.Hinge ? [1, 1, 1] : [2, 1.5f, 0]), 1e-12);

    [Fact]
    public void SigmoidCrossEntropy()
    {
        // log 2; log(1 + e⁻²) = 0.126928011042973; a saturated wrong answer costs its logit.
        var (loss, right) = HostLoss.SigmoidCrossEntropy([0, 2, 200], [1, 1, 0]);
        Assert.Equal(0.693147180559945 + 0.126928011042973 + 200, loss, 1e-9);
        Assert.Equal(1, right);
    }

    [Fact]
    public void BinaryCrossEntropy()
    {
        // −log 0.75 = 0.287682072451781; −log 0 is cut off at 100.
        var (loss, right) = HostLoss.BinaryCrossEntropy([0.75f, 0.25f, 0], [1, 0, 1]);
        Assert.Equal(2 * 0.287682072451781 + 100, loss, 1e-9);
        Assert.Equal(2, right);
    }
}
