namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>A piece that is trained by nobody here, with running statistics.</summary>
[Block]
public partial class Stem
{
    private readonly Dense dense = new(6);
    private readonly BatchNorm norm = new();

    public Tensor Forward(Tensor x) => norm.Forward(dense.Forward(x)).Tanh();
}

/// <summary>A frozen piece, a layer that learns slowly, and one that learns as the optimizer says.</summary>
[Model]
[Train(Loss.MeanSquaredError, Optimizer.AdamW, LearningRate = 0.01f, WeightDecay = 0.1f)]
public partial class FineTuned
{
    [Frozen]
    private readonly Stem stem = new();

    [ParameterGroup(RateFactor = 0)]
    private readonly Dense still = new(5);

    private readonly Dense head = new(2);

    public Tensor Forward([Shape("N", 3)] Tensor x) => head.Forward(still.Forward(stem.Forward(x)).Tanh());
}
