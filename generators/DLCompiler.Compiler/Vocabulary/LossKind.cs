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
}
