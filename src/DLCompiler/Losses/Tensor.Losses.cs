using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// The cross-entropy of logits and class indices, log Σⱼ exp(xⱼ) − x_label of each row (Bridle 1990). This tensor is [N, C], or has more leading axes;
    /// computed from the shifted log-sum-exp, so that it can't overflow. PyTorch: <c>cross_entropy</c>; Keras: <c>SparseCategoricalCrossentropy</c>.
    /// </summary>
    /// <param name="labels">Class indices from 0 to C − 1, in the shape of the logits without the last axis.</param>
    /// <param name="labelSmoothing">The share of the target that is spread over all classes, in [0, 1] (Szegedy et al. 2015).</param>
    /// <param name="ignoreIndex">A label whose rows don't count, such as −100; null if all do. Compiled, labels that are no class don't count then.</param>
    /// <param name="classWeights">A factor for each class; the mean divides by those of the labels.</param>
    /// <param name="weight">Factors of the losses, in the labels' shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses in the labels' shape.</returns>
    /// <exception cref="ShapeMismatchException">The labels don't have the logits' leading shape, or weights don't fit.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">A label is no class.</exception>
    public Tensor SoftmaxCrossEntropy(
        Tensor<int> labels, float labelSmoothing = 0, int? ignoreIndex = null, float[]? classWeights = null, Tensor? weight = null,
        Reduction reduction = Reduction.Mean) =>
        new(ClassLosses.OfLabels(Values, labels.Values, isLogarithm: false, labelSmoothing, ignoreIndex, classWeights, weight?.Values, reduction));

    /// <summary>
    /// The cross-entropy of logits and probabilities, −Σⱼ targetⱼ·log softmax(x)ⱼ of each row (Bridle 1990). PyTorch: <c>cross_entropy</c>; Keras:
    /// <c>CategoricalCrossentropy(from_logits=True)</c>.
    /// </summary>
    /// <param name="target">A probability for each class, in this tensor's shape [N, C], or with more leading axes.</param>
    /// <param name="labelSmoothing">The share of the target that is spread over all classes, in [0, 1] (Szegedy et al. 2015).</param>
    /// <param name="classWeights">A factor for each class.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses, which lack the last axis.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or weights don't fit.</exception>
    public Tensor SoftmaxCrossEntropy(
        Tensor target, float labelSmoothing = 0, float[]? classWeights = null, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(ClassLosses.OfProbabilities(Values, target.Values, labelSmoothing, classWeights, weight?.Values, reduction));

    /// <summary>
    /// The negative log-likelihood of log-probabilities and class indices, −x_label of each row; with <see cref="LogSoftmax"/> before, it is the
    /// cross-entropy. PyTorch: <c>nll_loss</c>.
    /// </summary>
    /// <param name="labels">Class indices from 0 to C − 1, in the shape of this tensor [N, C] without the last axis.</param>
    /// <param name="ignoreIndex">A label whose rows don't count, such as −100; null if all do. Compiled, labels that are no class don't count then.</param>
    /// <param name="classWeights">A factor for each class; the mean divides by those of the labels.</param>
    /// <param name="weight">Factors of the losses, in the labels' shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses in the labels' shape.</returns>
    /// <exception cref="ShapeMismatchException">The labels don't have the leading shape of this tensor, or weights don't fit.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">A label is no class.</exception>
    public Tensor NegativeLogLikelihood(
        Tensor<int> labels, int? ignoreIndex = null, float[]? classWeights = null, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(ClassLosses.OfLabels(Values, labels.Values, isLogarithm: true, 0, ignoreIndex, classWeights, weight?.Values, reduction));

    /// <summary>(x − target)² of each element, PyTorch's <c>mse_loss</c>; Keras: <c>MeanSquaredError</c>.</summary>
    /// <param name="target">The target, in this tensor's shape.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor MeanSquaredError(Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, LossTerms.SquaredError));

    /// <summary>|x − target| of each element; PyTorch: <c>l1_loss</c>; Keras: <c>MeanAbsoluteError</c>.</summary>
    /// <param name="target">The target, in this tensor's shape.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor MeanAbsoluteError(Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, LossTerms.AbsoluteError));

    /// <summary>
    /// (x − target)²/2 of each element where |x − target| &lt; δ, δ·(|x − target| − δ/2) elsewhere (Huber 1964). PyTorch: <c>huber_loss</c>;
    /// Keras: <c>Huber</c>.
    /// </summary>
    /// <param name="target">The target, in this tensor's shape.</param>
    /// <param name="delta">Where the square ends; positive.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor Huber(Tensor target, float delta = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, (x, y) => LossTerms.Huber(x, y, delta)));

    /// <summary>
    /// (x − target)²/(2β) of each element where |x − target| &lt; β, |x − target| − β/2 elsewhere (Girshick 2015). PyTorch:
    /// <c>smooth_l1_loss</c>.
    /// </summary>
    /// <param name="target">The target, in this tensor's shape.</param>
    /// <param name="beta">Where the square ends; 0 makes it the absolute error.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor SmoothL1(Tensor target, float beta = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, (x, y) => LossTerms.SmoothL1(x, y, beta)));

    /// <summary>log cosh(x − target) of each element, without overflow; Keras: <c>LogCosh</c>. PyTorch has none.</summary>
    /// <param name="target">The target, in this tensor's shape.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor LogCosh(Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, LossTerms.LogCosh));

    /// <summary>
    /// The binary cross-entropy of logits, −w·target·log σ(x) − (1 − target)·log(1 − σ(x)), computed without overflow. PyTorch:
    /// <c>binary_cross_entropy_with_logits</c>; Keras: <c>BinaryCrossentropy(from_logits=True)</c>.
    /// </summary>
    /// <param name="target">Probabilities in [0, 1], in this tensor's shape.</param>
    /// <param name="positiveWeight">The factor w of positive targets; positive.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor SigmoidCrossEntropy(Tensor target, float positiveWeight = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, (x, y) => LossTerms.SigmoidCrossEntropy(x, y, positiveWeight)));

    /// <summary>The mean binary cross-entropy of logits that all have the same target.</summary>
    /// <param name="target">The probability in [0, 1]: 1 for real, 0 for generated, in adversarial training.</param>
    /// <returns>A scalar.</returns>
    public Tensor SigmoidCrossEntropy(float target) => new(LossFunctions.SigmoidCrossEntropy(Values, target));

    /// <summary>
    /// The binary cross-entropy of probabilities, −target·log x − (1 − target)·log(1 − x), with logarithms no less than −100, as PyTorch's
    /// <c>binary_cross_entropy</c>; Keras: <c>BinaryCrossentropy</c>.
    /// </summary>
    /// <param name="target">Probabilities in [0, 1], in this tensor's shape.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor BinaryCrossEntropy(Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, LossTerms.BinaryCrossEntropy));

    /// <summary>
    /// The focal loss of logits: the binary cross-entropy times (1 − p)^γ, p the probability of the right answer, and α for positive targets, 1
    /// − α for negative ones (Lin et al. 2017). torchvision: <c>sigmoid_focal_loss</c>; Keras: <c>BinaryFocalCrossentropy</c>.
    /// </summary>
    /// <param name="target">Probabilities in [0, 1], in this tensor's shape.</param>
    /// <param name="alpha">The factor of positive targets, in [0, 1].</param>
    /// <param name="gamma">How much certain answers are weighed down; at least 0.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor SigmoidFocalCrossEntropy(
        Tensor target, float alpha = 0.25f, float gamma = 2, Tensor? weight = null,
        Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, (x, y) => LossTerms.SigmoidFocalCrossEntropy(x, y, alpha, gamma)));

    /// <summary>
    /// The Kullback–Leibler divergence, target·(log target − x) of each element, x log-probabilities; 0 where the target is 0 (Kullback and
    /// Leibler 1951). The divergence itself is the sum over classes: <see cref="Reduction.BatchMean"/>. PyTorch: <c>kl_div</c>.
    /// </summary>
    /// <param name="target">Probabilities, in this tensor's shape.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor KullbackLeibler(Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, LossTerms.KullbackLeibler));

    /// <summary>max(0, 1 − target·x) of each element (Vapnik 1995). Keras: <c>Hinge</c>.</summary>
    /// <param name="target">−1 or 1, in this tensor's shape.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor Hinge(Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, LossTerms.Hinge));

    /// <summary>max(0, 1 − target·x)² of each element (Vapnik 1995). Keras: <c>SquaredHinge</c>.</summary>
    /// <param name="target">−1 or 1, in this tensor's shape.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor SquaredHinge(Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, (x, y) => LossTerms.Hinge(x, y) * LossTerms.Hinge(x, y)));

    /// <summary>
    /// The negative log-likelihood of counts, exp(x) − target·x of each element, or x − target·log(x + 10⁻⁸). PyTorch: <c>poisson_nll_loss</c>;
    /// Keras: <c>Poisson</c>.
    /// </summary>
    /// <param name="target">Counts, in this tensor's shape.</param>
    /// <param name="logInput">Whether x are logarithms of rates, not rates.</param>
    /// <param name="full">Whether Stirling's approximation of log target! is added, for targets above 1.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ, or the weights don't fit.</exception>
    public Tensor PoissonNegativeLogLikelihood(
        Tensor target, bool logInput = true, bool full = false, Tensor? weight = null,
        Reduction reduction = Reduction.Mean) =>
        new(LossFunctions.OfElements(Values, target.Values, weight?.Values, reduction, (x, y) => LossTerms.Poisson(x, y, logInput, full)));
}
