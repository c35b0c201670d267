using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// Connectionist temporal classification (Graves et al. 2006): −log of the probability that steps of softmax(x) read as the target, over all paths, where
    /// a label may take several steps, and a blank stands between equal ones. PyTorch: <c>ctc_loss</c> of <c>log_softmax</c>; Keras: <c>CTC</c>.
    /// </summary>
    /// <param name="targets">
    /// The labels of each sample [N, L], classes other than the blank, filled up with any number. Compiled, a label that is no class has probability 0.
    /// </param>
    /// <param name="inputLengths">The number of steps of each sample [N], from 0 to T; null for all T.</param>
    /// <param name="targetLengths">The number of labels of each sample [N], from 0 to L; null for all L. Compiled, others have probability 0.</param>
    /// <param name="blank">The class that is no label.</param>
    /// <param name="zeroInfinity">
    /// Whether a target that no path reads as, since it needs more steps than there are, has loss 0 and not ∞. Its gradient is 0 in both cases.
    /// </param>
    /// <param name="weight">Factors of the losses [N]; null for 1.</param>
    /// <param name="reduction">What becomes of the losses; the mean is that of losses divided by the numbers of labels (1 for none), as PyTorch's.</param>
    /// <returns>A scalar, or the losses [N]. This tensor holds logits [N, T, C]; log-probabilities give the same.</returns>
    /// <exception cref="ShapeMismatchException">The shapes don't fit.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">A label or the blank is no class, a label is the blank, or a length is too great.</exception>
    /// <seealso cref="Generation.CtcDecoder"/>
    public Tensor Ctc(
        Tensor<int> targets, Tensor<int>? inputLengths = null, Tensor<int>? targetLengths = null, int blank = 0, bool zeroInfinity = false,
        Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(CtcTerms.Ctc(Values, targets.Values, inputLengths?.Values, targetLengths?.Values, blank, zeroInfinity, weight?.Values, reduction));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Ctc"/>
        public Tensor<double> Ctc(
            Tensor<int> targets, Tensor<int>? inputLengths = null, Tensor<int>? targetLengths = null, int blank = 0, bool zeroInfinity = false,
            Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(CtcTerms.Ctc(x.Values, targets.Values, inputLengths?.Values, targetLengths?.Values, blank, zeroInfinity, weight?.Values, reduction));
    }
}
