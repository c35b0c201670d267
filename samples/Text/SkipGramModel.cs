using DLCompiler;

namespace Samples;

/// <summary>Vectors of words that tell neighbours from other words: skip-gram with negative sampling (Mikolov et al. 2013).</summary>
[Model]
public partial class SkipGramModel
{
    internal const int Words = 3000, Dimensions = 64, Negatives = 5;

    readonly Embedding centers = new(Words, Dimensions, Initializer.Uniform, gain: 0.05f);
    readonly Embedding contexts = new(Words, Dimensions, Initializer.Zeros);

    // The first column are the neighbours. The losses of a pair are added, as in the paper.
    [Step(Optimizer = Optimizer.Adam, LearningRate = 5e-3f)]
    Tensor PairLoss([Shape("N")] Tensor<int> center, [Shape("N", 1 + Negatives)] Tensor<int> context)
    {
        var word = centers.Forward(center).Reshape(-1, 1, Dimensions);
        var scores = (contexts.Forward(context) * word).Sum(2);
        return scores.Slice(1, 0, 1).SigmoidCrossEntropy(1) + scores.Slice(1, 1, Negatives).SigmoidCrossEntropy(0) * Negatives;
    }
}
