using DLCompiler;

namespace Samples;

/// <summary>The next letter of a name from the five before it (Bengio et al. 2003).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 3e-3f)]
public partial class NamesMlp
{
    internal const int Context = 5;

    readonly Embedding letters = new(27, 16);
    readonly Dense hidden = new(256), next = new(27);

    /// <summary>From five letters to the scores of the next.</summary>
    public Tensor Forward([Shape("N", Context)] Tensor<int> ids) => next.Forward(hidden.Forward(letters.Forward(ids).Flatten()).Tanh());
}
