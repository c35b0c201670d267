using DLCompiler;

namespace Samples;

/// <summary>The next character from up to 64 before it: a GPT of four layers, which writes with the keys and values of the characters before.</summary>
[Model, Inference(Generation = true)]
public partial class ShakespeareGpt
{
    internal const int Characters = 65, Context = 64;

    readonly Gpt gpt = new(Characters, Context, features: 128, heads: 4, count: 4, dropout: 0);

    /// <summary>From characters to the scores of the next, after each.</summary>
    public Tensor Forward([Shape("N", "T <= 64")] Tensor<int> ids) => gpt.Forward(ids);

    [Step(Optimizer = Optimizer.AdamW, LearningRate = 1e-3f, Beta2 = 0.99f, ClipGlobalNorm = 1)]
    Tensor NextLoss([Shape("N", Context)] Tensor<int> ids, [Shape("N", Context)] Tensor<int> labels) => Forward(ids).SoftmaxCrossEntropy(labels);
}
