namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>Random numbers of each kind.</summary>
[Model]
public partial class Noisy
{
    readonly Dense dense = new(1);

    public (Tensor Uniform, Tensor Normal, Tensor Coins, Tensor<int> Order) Forward([Shape("N", 1)] Tensor x) => (
        Tensor.RandomUniform(-1, 3, x.Shape[0], 64), Tensor.RandomNormal(2, 3, x.Shape[0], 64), Tensor.RandomBernoulli(0.25f, x.Shape[0], 64),
        Tensor.RandomPermutation(100));

    // The loss is the noise: the weight stays as it is.
    [Step(Optimizer = Optimizer.Sgd)]
    Tensor NoiseLoss([Shape("N", 1)] Tensor x) => (dense.Forward(x) * 0f + Tensor.RandomNormal(0, 1, x.Shape[0], 1)).Mean();
}
