using DLCompiler;

namespace Samples;

/// <summary>
/// A gated recurrent unit that reads, another that writes, and attention to what was read (Cho et al. 2014; Bahdanau et al. 2015, with the products of Luong et
/// al. 2015).
/// </summary>
[Model, Inference(Generation = true)]
public partial class AttentionTranslator
{
    private const int Units = 192;

    readonly Embedding sources = new(Pairs.EnglishWords, 128, Initializer.Normal, gain: 0.1f, paddingIndex: 0);
    readonly Embedding targets = new(Pairs.FrenchWords, 128, Initializer.Normal, gain: 0.1f);
    readonly Gru encoder = new(Units), decoder = new(Units);
    readonly Dropout dropout = new(0.2f);
    readonly Dense combine = new(Units), next = new(Pairs.FrenchWords);

    /// <summary>From English words with their lengths and mask, and the French words so far, to the scores of the next, after each.</summary>
    public Tensor Forward(
        [Shape("N", "S <= 10")] Tensor<int> source, [Shape("N")] Tensor<int> lengths, [Shape("N", "S <= 10")] Tensor mask,
        [Shape("N", "T <= 12")] Tensor<int> target)
    {
        var (read, last) = encoder.ForwardWithState(dropout.Forward(sources.Forward(source)), lengths: lengths);
        var (written, _) = decoder.ForwardWithState(dropout.Forward(targets.Forward(target)), last);
        var scores = written.MatMul(read.Transpose(1, 2)) * 0.07f + (mask.Unsqueeze(1) - 1) * 1e4f;     // [N, T, S]
        var context = scores.Softmax().MatMul(read);
        return next.Forward(dropout.Forward(combine.Forward(Tensor.Concat(2, written, context)).Tanh()));
    }

    // What fills up shorter sentences has the label −1.
    [Step(Optimizer = Optimizer.Adam, LearningRate = 2e-3f, ClipGlobalNorm = 1)]
    Tensor NextLoss(
        [Shape("N", "S <= 10")] Tensor<int> source, [Shape("N")] Tensor<int> lengths, [Shape("N", "S <= 10")] Tensor mask,
        [Shape("N", "T <= 12")] Tensor<int> target,
        [Shape("N", "T <= 12")] Tensor<int> labels) =>
        Forward(source, lengths, mask, target).SoftmaxCrossEntropy(labels, ignoreIndex: -1);
}
