using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// The mean cross-entropy of logits and class indices: log Σⱼ exp(xⱼ) − x_label, averaged over all labels (Bridle 1990). This tensor is [N, C], or has
    /// more leading axes; computed from the shifted log-sum-exp, so that it can't overflow.
    /// </summary>
    /// <param name="labels">Class indices from 0 to C − 1, in the shape of the logits without the last axis.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ShapeMismatchException">The labels don't have the logits' leading shape.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">A label is no class.</exception>
    public Tensor SoftmaxCrossEntropy(Tensor<int> labels) => new(LossFunctions.SoftmaxCrossEntropy(Values, labels.Values));

    /// <summary>The mean of (x − target)² over all elements, as PyTorch's.</summary>
    /// <param name="target">The target, in this tensor's shape.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    public Tensor MeanSquaredError(Tensor target) => new(LossFunctions.MeanSquaredError(Values, target.Values));

    /// <summary>The mean binary cross-entropy of logits: max(x, 0) − x·target + log(1 + exp(−|x|)), PyTorch's form, which is stable for every
    /// x.</summary>
    /// <param name="target">Probabilities in [0, 1], in this tensor's shape.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    public Tensor SigmoidCrossEntropy(Tensor target) => new(LossFunctions.SigmoidCrossEntropy(Values, target.Values));

    /// <summary>The mean binary cross-entropy of logits that all have the same target.</summary>
    /// <param name="target">The probability in [0, 1]: 1 for real, 0 for generated, in adversarial training.</param>
    /// <returns>A scalar.</returns>
    public Tensor SigmoidCrossEntropy(float target) => new(LossFunctions.SigmoidCrossEntropy(Values, target));

    /// <summary>
    /// The mean binary cross-entropy of probabilities: −target·log x − (1 − target)·log(1 − x), with logarithms no less than −100, as PyTorch's.
    /// </summary>
    /// <param name="target">Probabilities in [0, 1], in this tensor's shape.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    public Tensor BinaryCrossEntropy(Tensor target) => new(LossFunctions.BinaryCrossEntropy(Values, target.Values));
}
