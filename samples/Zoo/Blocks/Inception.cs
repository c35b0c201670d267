using DLCompiler;

namespace Zoo;

/// <summary>Four ways side by side: 1×1; 1×1, then 3×3; the same narrower; a pool, then 1×1.</summary>
[Block]
public partial class Inception(int direct, (int Reduce, int Out) second, (int Reduce, int Out) third, int pooled)
{
    private readonly ConvNorm branch1 = new(direct, 1, epsilon: 1e-3f);
    private readonly ConvNorm[] branch2 = [new(second.Reduce, 1, epsilon: 1e-3f), new(second.Out, 3, padding: 1, epsilon: 1e-3f)];
    private readonly ConvNorm[] branch3 = [new(third.Reduce, 1, epsilon: 1e-3f), new(third.Out, 3, padding: 1, epsilon: 1e-3f)];
    private readonly ConvNorm branch4 = new(pooled, 1, epsilon: 1e-3f);

    /// <summary>From [N, C, H, W] to [N, direct + second.Out + third.Out + pooled, H, W].</summary>
    public Tensor Forward(Tensor x) => Tensor.Concat(
        1,
        branch1.Forward(x),
        branch2[1].Forward(branch2[0].Forward(x)),
        branch3[1].Forward(branch3[0].Forward(x)),
        branch4.Forward(x.MaxPool(3, stride: 1, padding: 1)));
}
