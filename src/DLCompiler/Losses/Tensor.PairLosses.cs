using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// The cosine of the angle between vectors, x·other/max(‖x‖·‖other‖, ε) along an axis. PyTorch: <c>cosine_similarity</c>; Keras' loss is its
    /// negative.
    /// </summary>
    /// <param name="other">The other vectors, in this tensor's shape.</param>
    /// <param name="axis">The axis of the vectors, which disappears; −1 is the innermost.</param>
    /// <param name="epsilon">The least divisor.</param>
    /// <returns>The shape without the axis.</returns>
    /// <exception cref="ShapeMismatchException">The shapes don't fit.</exception>
    public Tensor CosineSimilarity(Tensor other, int axis = -1, float epsilon = 1e-8f) =>
        new(PairTerms.CosineSimilarity(Values, other.Values, axis, epsilon));

    /// <summary>1 − cos of pairs of vectors that belong together, max(0, cos − margin) of others. PyTorch: <c>cosine_embedding_loss</c>.</summary>
    /// <param name="other">The other vectors, in this tensor's shape [N, features], or with more leading axes.</param>
    /// <param name="target">1 for pairs that belong together, −1 for others: [N].</param>
    /// <param name="margin">The cosine that others may have.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes don't fit.</exception>
    public Tensor CosineEmbedding(Tensor other, Tensor target, float margin = 0, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(PairTerms.CosineEmbedding(Values, other.Values, target.Values, margin, weight?.Values, reduction));

    /// <summary>target·d² + (1 − target)·max(0, margin − d)² of pairs of vectors with distance d (Hadsell et al. 2006).</summary>
    /// <param name="other">The other vectors, in this tensor's shape [N, features], or with more leading axes.</param>
    /// <param name="target">1 for pairs that belong together, 0 for others: [N].</param>
    /// <param name="margin">The distance that others should have.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes don't fit.</exception>
    public Tensor Contrastive(Tensor other, Tensor target, float margin = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(PairTerms.Contrastive(Values, other.Values, target.Values, margin, weight?.Values, reduction));

    /// <summary>max(0, d(x, positive) − d(x, negative) + margin) of vectors (Schroff et al. 2015). PyTorch: <c>triplet_margin_loss</c>.</summary>
    /// <param name="positive">Vectors that belong to these [N, features], in their shape.</param>
    /// <param name="negative">Vectors that don't.</param>
    /// <param name="margin">How much nearer the first should be.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes don't fit.</exception>
    public Tensor Triplet(Tensor positive, Tensor negative, float margin = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(PairTerms.Triplet(Values, positive.Values, negative.Values, margin, weight?.Values, reduction));

    /// <summary>
    /// 1 − (2·Σ x·target + smooth)/(Σ x + Σ target + smooth) of each sample (Milletari et al. 2016). x are probabilities. Keras: <c>Dice</c>.
    /// </summary>
    /// <param name="target">Probabilities, in this tensor's shape [N, …].</param>
    /// <param name="smooth">Keeps the quotient of empty samples finite; at least 0.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes don't fit.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Tensor Dice(Tensor target, float smooth = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
        new(PairTerms.Dice(Values, target.Values, smooth, weight?.Values, reduction));

    /// <summary>
    /// (log v + (x − target)²/v)/2 of each element, v the variance and at least ε (Nix and Weigend 1994). PyTorch: <c>gaussian_nll_loss</c>.
    /// </summary>
    /// <param name="target">The target, in this tensor's shape.</param>
    /// <param name="variance">The variance, in this tensor's shape.</param>
    /// <param name="full">Whether log(2π)/2 is added.</param>
    /// <param name="epsilon">The least variance; positive.</param>
    /// <param name="weight">Factors of the losses, in their shape or broadcast to it; null for 1.</param>
    /// <param name="reduction">What becomes of the losses.</param>
    /// <returns>A scalar, or the losses themselves.</returns>
    /// <exception cref="ShapeMismatchException">The shapes don't fit.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Tensor GaussianNegativeLogLikelihood(
        Tensor target, Tensor variance, bool full = false, float epsilon = 1e-6f, Tensor? weight = null,
        Reduction reduction = Reduction.Mean) =>
        new(PairTerms.Gaussian(Values, target.Values, variance.Values, full, epsilon, weight?.Values, reduction));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.CosineSimilarity"/>
        public Tensor<double> CosineSimilarity(Tensor<double> other, int axis = -1, double epsilon = 1e-8) =>
            new(PairTerms.CosineSimilarity(x.Values, other.Values, axis, epsilon));

        /// <inheritdoc cref="Tensor.CosineEmbedding"/>
        public Tensor<double> CosineEmbedding(
            Tensor<double> other, Tensor<double> target, double margin = 0, Tensor<double>? weight = null,
            Reduction reduction = Reduction.Mean) =>
            new(PairTerms.CosineEmbedding(x.Values, other.Values, target.Values, margin, weight?.Values, reduction));

        /// <inheritdoc cref="Tensor.Contrastive"/>
        public Tensor<double> Contrastive(
            Tensor<double> other, Tensor<double> target, double margin = 1, Tensor<double>? weight = null,
            Reduction reduction = Reduction.Mean) =>
            new(PairTerms.Contrastive(x.Values, other.Values, target.Values, margin, weight?.Values, reduction));

        /// <inheritdoc cref="Tensor.Triplet"/>
        public Tensor<double> Triplet(
            Tensor<double> positive, Tensor<double> negative, double margin = 1, Tensor<double>? weight = null,
            Reduction reduction = Reduction.Mean) =>
            new(PairTerms.Triplet(x.Values, positive.Values, negative.Values, margin, weight?.Values, reduction));

        /// <inheritdoc cref="Tensor.Dice"/>
        public Tensor<double> Dice(Tensor<double> target, double smooth = 1, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(PairTerms.Dice(x.Values, target.Values, smooth, weight?.Values, reduction));

        /// <inheritdoc cref="Tensor.GaussianNegativeLogLikelihood"/>
        public Tensor<double> GaussianNegativeLogLikelihood(
            Tensor<double> target, Tensor<double> variance, bool full = false, double epsilon = 1e-6,
            Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(PairTerms.Gaussian(x.Values, target.Values, variance.Values, full, epsilon, weight?.Values, reduction));
    }
}
