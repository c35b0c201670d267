namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>A transformer that keeps what its layers compute.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 1e-3f)]
public partial class KeepingTransformer
{
    private readonly Dense embed = new(24), head = new(3);
    private readonly TransformerEncoder body = new(4, 24, heads: 3, hidden: 40, dropout: 0.2f, preNorm: true);

    public Tensor Forward([Shape("N", "T <= 12", 5)] Tensor x, [Shape("N")] Tensor<int> lengths) =>
        head.Forward(body.Forward(embed.Forward(x), lengths: lengths).Mean(1));
}

/// <summary>The same, which computes what is in its layers again for gradients.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 1e-3f)]
public partial class RecomputingTransformer
{
    private readonly Dense embed = new(24), head = new(3);
    private readonly TransformerEncoder body = new(4, 24, heads: 3, hidden: 40, dropout: 0.2f, preNorm: true, recompute: true);

    public Tensor Forward([Shape("N", "T <= 12", 5)] Tensor x, [Shape("N")] Tensor<int> lengths) =>
        head.Forward(body.Forward(embed.Forward(x), lengths: lengths).Mean(1));
}

/// <summary>Blocks with normalisation, which move running statistics one after the other.</summary>
[Model, Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 1e-2f)]
public partial class NormalisedBlocks
{
    private readonly Repeat<NormalisedBlock> blocks = new(3, _ => new());
    private readonly Dense head = new(1);

    public Tensor Forward([Shape("N", 6)] Tensor x) => head.Forward(blocks.Forward(x, (block, y) => block.Forward(y)));
}

/// <summary>Part of <see cref="NormalisedBlocks"/>.</summary>
[Block]
public partial class NormalisedBlock
{
    private readonly Dense dense = new(6);
    private readonly BatchNorm norm = new();

    public Tensor Forward(Tensor x) => x + norm.Forward(dense.Forward(x)).Relu();
}
