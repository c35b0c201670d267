using DLCompiler;

namespace Samples;

/// <summary>Hidden characters from those on both sides: a BERT of three layers (Devlin et al. 2019).</summary>
[Model]
public partial class ShakespeareBert
{
    // The mask is 0.
    internal const int Tokens = 66, Context = 32, Mask = 0, NotHidden = -100;

    readonly Bert bert = new(Tokens, Context, features: 128, heads: 4, count: 3, dropout: 0);

    /// <summary>From characters, some of them hidden, to the scores of what may stand in each place.</summary>
    public Tensor Forward([Shape("N", "T <= 32")] Tensor<int> ids) => bert.MaskedLogits(bert.Forward(ids));

    [Step(Optimizer = Optimizer.AdamW, LearningRate = 2e-3f, Beta2 = 0.99f, ClipGlobalNorm = 1)]
    Tensor MaskedLoss([Shape("N", Context)] Tensor<int> ids, [Shape("N", Context)] Tensor<int> labels) =>
        Forward(ids).SoftmaxCrossEntropy(labels, ignoreIndex: NotHidden);
}
