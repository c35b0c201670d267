namespace DLCompiler;

/// <summary>
/// An inception module with dimension reductions (Szegedy et al. 2015): a 1×1 convolution, a 3×3 and a 5×5 one behind 1×1 convolutions to fewer channels, and
/// a 3×3 maximum with a 1×1 convolution, side by side, each with <see cref="Tensor.Relu"/>: [N, C, H, W] → [N, conv1 + conv3 + conv5 + pool, H, W]. A block:
/// as a field of a model it is compiled with it. Parameters: weights and biases of <c>branch1</c>, <c>reduce3</c>, <c>branch3</c>, <c>reduce5</c>,
/// <c>branch5</c> and <c>branchPool</c>, and with <paramref name="batchNorm"/> those of <c>norm1</c> and so on instead of the biases.
/// </summary>
/// <param name="conv1">The channels of the 1×1 branch.</param>
/// <param name="reduce3">The channels before the 3×3 convolution.</param>
/// <param name="conv3">The channels of the 3×3 branch.</param>
/// <param name="reduce5">The channels before the 5×5 convolution.</param>
/// <param name="conv5">The channels of the 5×5 branch.</param>
/// <param name="pool">The channels of the branch behind the maximum.</param>
/// <param name="batchNorm">Whether batch normalisation follows each convolution (Ioffe and Szegedy 2015).</param>
[Block]
public partial class Inception(int conv1, int reduce3, int conv3, int reduce5, int conv5, int pool, bool batchNorm = false)
{
    private readonly Conv2D branch1 = new(conv1, kernel: 1, bias: !batchNorm);
    private readonly Conv2D reduce3 = new(reduce3, kernel: 1, bias: !batchNorm);
    private readonly Conv2D branch3 = new(conv3, kernel: 3, padding: 1, bias: !batchNorm);
    private readonly Conv2D reduce5 = new(reduce5, kernel: 1, bias: !batchNorm);
    private readonly Conv2D branch5 = new(conv5, kernel: 5, padding: 2, bias: !batchNorm);
    private readonly Conv2D branchPool = new(pool, kernel: 1, bias: !batchNorm);
    private readonly BatchNorm norm1 = new();
    private readonly BatchNorm normReduce3 = new();
    private readonly BatchNorm norm3 = new();
    private readonly BatchNorm normReduce5 = new();
    private readonly BatchNorm norm5 = new();
    private readonly BatchNorm normPool = new();

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, conv1 + conv3 + conv5 + pool, H, W].</returns>
    public Tensor Forward(Tensor x) => Tensor.Concat(
        1,
        Apply(branch1, norm1, x),
        Apply(branch3, norm3, Apply(reduce3, normReduce3, x)),
        Apply(branch5, norm5, Apply(reduce5, normReduce5, x)),
        Apply(branchPool, normPool, x.MaxPool(3, stride: 1, padding: 1)));

    private Tensor Apply(Conv2D convolution, BatchNorm norm, Tensor x) =>
        (batchNorm ? norm.Forward(convolution.Forward(x)) : convolution.Forward(x)).Relu();
}
