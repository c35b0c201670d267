using DLCompiler;

namespace Samples;

/// <summary>
/// LSTMs that read in both directions, and at each step the scores of ten digits and a blank: which steps a digit takes nobody says (connectionist temporal
/// classification, Graves et al. 2006).
/// </summary>
[Model]
public partial class SpeechCtc
{
    // A step is two windows; up to four digits of 64 windows each follow each other.
    internal const int Features = 2 * Recording.Bands, Classes = 11, Longest = 4;

    readonly Lstm first = new(96, bidirectional: true), second = new(96, bidirectional: true);
    readonly Dropout energies = new(0.1f), features = new(0.3f);
    readonly Dense classes = new(Classes);

    /// <summary>From steps of sound, with the number of each sample's, to the scores of the blank, 0, and of the digits, 1 to 10.</summary>
    public Tensor Forward([Shape("N", "T <= 128", Features)] Tensor sound, [Shape("N")] Tensor<int> lengths)
    {
        var x = features.Forward(first.Forward(energies.Forward(sound), lengths));
        return classes.Forward(features.Forward(second.Forward(x, lengths)));
    }

    [Step(Optimizer = Optimizer.AdamW, LearningRate = 3e-3f, WeightDecay = 0.01f, ClipGlobalNorm = 1)]
    Tensor LabelLoss(
        [Shape("N", "T <= 128", Features)] Tensor sound, [Shape("N")] Tensor<int> lengths, [Shape("N", Longest)] Tensor<int> labels,
        [Shape("N")] Tensor<int> counts) =>
        Forward(sound, lengths).Ctc(labels, lengths, counts);
}
