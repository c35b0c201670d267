namespace DLCompiler;

/// <summary>The loss that <see cref="TrainAttribute"/> minimises; each is the mean over the batch. The tensor methods of the same names compute them.</summary>
public enum Loss
{
    /// <summary>
    /// Cross-entropy of logits [N, C] and class indices [N]
    /// (<see cref="Tensor.SoftmaxCrossEntropy(Tensor{int}, float, int?, float[], Tensor, Reduction)"/>).
    /// </summary>
    SoftmaxCrossEntropy,

    /// <summary>Mean squared difference from a target of the result's shape (<see cref="Tensor.MeanSquaredError"/>).</summary>
    MeanSquaredError,

    /// <summary>
    /// Binary cross-entropy of logits and targets in [0, 1] of the same shape (<see cref="Tensor.SigmoidCrossEntropy(Tensor, float, Tensor, Reduction)"/>).
    /// </summary>
    SigmoidCrossEntropy,

    /// <summary>Binary cross-entropy of probabilities and targets in [0, 1] of the same shape (<see cref="Tensor.BinaryCrossEntropy"/>).</summary>
    BinaryCrossEntropy,

    /// <summary>Mean absolute difference from a target of the result's shape (<see cref="Tensor.MeanAbsoluteError"/>).</summary>
    MeanAbsoluteError,

    /// <summary>Squared for small differences from the target, linear for large ones (<see cref="Tensor.Huber"/>), with δ = 1.</summary>
    Huber,

    /// <summary>Squared for small differences from the target, linear for large ones (<see cref="Tensor.SmoothL1"/>), with β = 1.</summary>
    SmoothL1,

    /// <summary>log cosh of the difference from a target of the result's shape (<see cref="Tensor.LogCosh"/>).</summary>
    LogCosh,

    /// <summary>Focal loss of logits and targets in [0, 1] of the same shape (<see cref="Tensor.SigmoidFocalCrossEntropy"/>).</summary>
    SigmoidFocalCrossEntropy,

    /// <summary>Divergence of log-probabilities from target probabilities of the same shape (<see cref="Tensor.KullbackLeibler"/>).</summary>
    KullbackLeibler,

    /// <summary>max(0, 1 − target·x) for targets −1 and 1 of the result's shape (<see cref="Tensor.Hinge"/>).</summary>
    Hinge,

    /// <summary>The square of the hinge loss (<see cref="Tensor.SquaredHinge"/>).</summary>
    SquaredHinge,

    /// <summary>Negative log-likelihood of counts, the result being logarithms of rates (<see cref="Tensor.PoissonNegativeLogLikelihood"/>).</summary>
    PoissonNegativeLogLikelihood,
}
