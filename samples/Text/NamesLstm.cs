using DLCompiler;

namespace Samples;

/// <summary>The next letter of a name from all before it: long short-term memory (Hochreiter and Schmidhuber 1997).</summary>
[Model, Inference(Generation = true)]
public partial class NamesLstm
{
    readonly Embedding letters = new(27, 24);
    readonly Lstm memory = new(128);
    readonly Dense next = new(27);

    /// <summary>From the letters of names to the scores of the next, after each.</summary>
    public Tensor Forward([Shape("N", "T <= 16")] Tensor<int> ids) => next.Forward(memory.Forward(letters.Forward(ids)));

    // What fills up shorter names has the label −1.
    [Step(Optimizer = Optimizer.Adam, LearningRate = 3e-3f, ClipGlobalNorm = 1)]
    Tensor NextLoss([Shape("N", "T <= 16")] Tensor<int> ids, [Shape("N", "T <= 16")] Tensor<int> labels) =>
        Forward(ids).SoftmaxCrossEntropy(labels, ignoreIndex: -1);
}
