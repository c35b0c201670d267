using DLCompiler;

namespace Samples;

/// <summary>A transformer of two layers that read and two that write (Vaswani et al. 2017); each part normalises what it reads (Xiong et al. 2020).</summary>
[Model, Inference(Generation = true)]
public partial class TransformerTranslator
{
    internal const int Features = 192;

    readonly Embedding sources = new(Pairs.EnglishWords, Features), targets = new(Pairs.FrenchWords, Features);
    readonly SinusoidalPositions positions = new();
    readonly Dropout dropout = new(0.1f);
    readonly TransformerEncoder encoder = new(2, Features, heads: 4, hidden: 512, preNorm: true);
    readonly TransformerDecoder decoder = new(2, Features, heads: 4, hidden: 512, preNorm: true);
    readonly Dense next = new(Pairs.FrenchWords);

    /// <summary>From English words with their lengths, and the French words so far, to the scores of the next, after each.</summary>
    public Tensor Forward([Shape("N", "S <= 10")] Tensor<int> source, [Shape("N")] Tensor<int> lengths, [Shape("N", "T <= 12")] Tensor<int> target)
    {
        var read = encoder.Forward(dropout.Forward(positions.Forward(sources.Forward(source))), lengths: lengths);
        return next.Forward(decoder.Forward(dropout.Forward(positions.Forward(targets.Forward(target))), read, memoryLengths: lengths));
    }

    // What fills up shorter sentences has the label −1.
    [Step(Optimizer = Optimizer.Adam, LearningRate = 1e-3f, Beta2 = 0.98f, ClipGlobalNorm = 1)]
    Tensor NextLoss(
        [Shape("N", "S <= 10")] Tensor<int> source, [Shape("N")] Tensor<int> lengths, [Shape("N", "T <= 12")] Tensor<int> target,
        [Shape("N", "T <= 12")] Tensor<int> labels) =>
        Forward(source, lengths, target).SoftmaxCrossEntropy(labels, ignoreIndex: -1);
}
