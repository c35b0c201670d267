namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>A classifier whose classes count differently, with a step whose samples do.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.1f, ClassWeights = new[] { 1f, 2f, 0.5f }, LabelSmoothing = 0.1f)]
public partial class Weighted
{
    readonly Dense dense = new(3);

    public Tensor Forward([Shape("N", 4)] Tensor x) => dense.Forward(x);

    [Step(Optimizer = Optimizer.Sgd, LearningRate = 0.1f)]
    Tensor SampleLoss([Shape("N", 4)] Tensor x, [Shape("N")] Tensor<int> labels, [Shape("N")] Tensor weights) =>
        dense.Forward(x).SoftmaxCrossEntropy(labels, weight: weights, reduction: Reduction.Sum) / weights.Sum();
}

/// <summary>A binary classifier whose positives count more.</summary>
[Model]
[Train(Loss.SigmoidCrossEntropy, Optimizer.Sgd, PositiveWeight = 3)]
public partial class WeightedBinary
{
    readonly Dense dense = new(1);

    public Tensor Forward([Shape("N", 4)] Tensor x) => dense.Forward(x);
}
