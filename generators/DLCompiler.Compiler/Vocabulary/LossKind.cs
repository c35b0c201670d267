namespace DLCompiler.Compiler.Vocabulary;

/// <summary>The losses that <c>[Train]</c> can name; the names are those of <c>DLCompiler.Loss</c>.</summary>
public enum LossKind
{
    /// <summary>Cross-entropy of softmax(logits [N, C]) against class indices [N].</summary>
    SoftmaxCrossEntropy,

    /// <summary>Mean of (prediction − target)².</summary>
    MeanSquaredError,

    /// <summary>Binary cross-entropy of sigmoid(logits) against targets in [0, 1].</summary>
    SigmoidCrossEntropy,

    /// <summary>Binary cross-entropy of probabilities against targets in [0, 1].</summary>
    BinaryCrossEntropy,

    /// <summary>Mean of |prediction − target|.</summary>
    MeanAbsoluteError,

    /// <summary>Squared for small differences, linear for large ones.</summary>
    Huber,

    /// <summary>Huber's loss divided by its threshold.</summary>
    SmoothL1,

    /// <summary>Mean of log cosh(prediction − target).</summary>
    LogCosh,

    /// <summary>Binary cross-entropy of logits that weighs certain answers down.</summary>
    SigmoidFocalCrossEntropy,

    /// <summary>Kullback–Leibler divergence of log-probabilities from target probabilities.</summary>
    KullbackLeibler,

    /// <summary>max(0, 1 − target·prediction) for targets −1 and 1.</summary>
    Hinge,

    /// <summary>The square of the hinge loss.</summary>
    SquaredHinge,

    /// <summary>Negative logarithm of the likelihood of counts; predictions are logarithms of rates.</summary>
    PoissonNegativeLogLikelihood,
}
