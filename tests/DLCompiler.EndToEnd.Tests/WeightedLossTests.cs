using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Weights of classes and samples, and label smoothing, in training steps: the losses are those that tensors compute of the predictions.</summary>
public sealed class WeightedLossTests
{
    private const int Samples = 17;

    private static readonly float[] X = [.. Enumerable.Range(1, Samples * 4).Select(i => (float)((i * 0.618033988749895 % 1 * 4) - 2))];
    private static readonly int[] Labels = [.. Enumerable.Range(0, Samples).Select(i => ((i * 7) + 3) % 3)];
    private static readonly float[] Weights = [.. Enumerable.Range(0, Samples).Select(i => i % 4 * 0.5f)];

    [Fact]
    public void Train_weighs_classes_and_smooths_labels()
    {
        using var model = new Weighted { Seed = 2 };
        Tensor logits = Tensor.FromArray(model.Predict(X), Samples, 3);
        float expected = logits.SoftmaxCrossEntropy(Tensor<int>.FromArray(Labels, Samples), labelSmoothing: 0.1f, classWeights: [1, 2, 0.5f]).Item();
        float first = model.StepTrain(X, Labels);
        Assert.Equal(expected, first, 1e-5f);
        Assert.True(model.StepTrain(X, Labels) < first);
        Assert.NotEqual(logits.SoftmaxCrossEntropy(Tensor<int>.FromArray(Labels, Samples)).Item(), first, 1e-3f);
    }

    [Fact]
    public void Train_weighs_positives()
    {
        using var model = new WeightedBinary { Seed = 2 };
        float[] targets = [.. Labels.Select(label => label == 0 ? 1f : 0)];
        float expected = Tensor.FromArray(model.Predict(X), Samples, 1).SigmoidCrossEntropy(Tensor.FromArray(targets, Samples, 1), positiveWeight: 3).Item();
        Assert.Equal(expected, model.StepTrain(X, targets), 1e-5f);
    }

    [Fact]
    public void A_step_weighs_samples()
    {
        using var model = new Weighted { Seed = 2 };
        Tensor weights = Tensor.FromArray(Weights, Samples);
        float expected = Tensor.FromArray(model.Predict(X), Samples, 3)
            .SoftmaxCrossEntropy(Tensor<int>.FromArray(Labels, Samples), weight: weights, reduction: Reduction.Sum).Item() / Weights.Sum();
        Assert.Equal(expected, model.StepSample(X, Labels, Weights), 1e-5f);
    }
}
