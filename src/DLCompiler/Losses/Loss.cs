namespace DLCompiler;

/// <summary>The loss that <see cref="TrainAttribute"/> minimises; each is the mean over the batch. The tensor methods of the same names compute them.</summary>
public enum Loss
{
    /// <summary>Cross-entropy of logits [N, C] and class indices [N] (<see cref="Tensor.SoftmaxCrossEntropy"/>).</summary>
    SoftmaxCrossEntropy,

    /// <summary>Mean squared difference from a target of the result's shape (<see cref="Tensor.MeanSquaredError"/>).</summary>
    MeanSquaredError,

    /// <summary>Binary cross-entropy of logits and targets in [0, 1] of the same shape (<see cref="Tensor.SigmoidCrossEntropy(Tensor)"/>).</summary>
    SigmoidCrossEntropy,

    /// <summary>Binary cross-entropy of probabilities and targets in [0, 1] of the same shape (<see cref="Tensor.BinaryCrossEntropy"/>).</summary>
    BinaryCrossEntropy,
}
