namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>Encoder of transformers.py.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.9f)]
public partial class ReferenceEncoder
{
    private readonly TransformerEncoderLayer layer = new(12, 3, hidden: 20, dropout: 0);
    private readonly Dense head = new(5);

    public Tensor Forward([Shape("N", 7, 12)] Tensor x) => head.Forward(layer.Forward(x).Mean(1));
}

/// <summary>Decoder of transformers.py.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.9f)]
public partial class ReferenceDecoder
{
    private readonly Dense side = new(8), head = new(5);
    private readonly TransformerDecoderLayer layer = new(8, 2, hidden: 11, dropout: 0, activation: FeedForwardActivation.Gelu, preNorm: true);

    public Tensor Forward([Shape("N", 10, 8)] Tensor x) => head.Forward(layer.Forward(x[.., 0..6], side.Forward(x).Tanh()).Mean(1));
}

/// <summary>SmallGpt of transformers.py.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.9f)]
public partial class ReferenceGpt
{
    private readonly Gpt gpt = new(13, context: 9, features: 16, heads: 2, count: 2, dropout: 0);

    public Tensor Forward([Shape("N", 8)] Tensor<int> ids) => gpt.Forward(ids);
}
