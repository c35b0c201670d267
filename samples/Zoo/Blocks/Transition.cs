using DLCompiler;

namespace Zoo;

/// <summary>Between two dense blocks: half the channels, half the size.</summary>
[Block]
public partial class Transition(int channels)
{
    private readonly BatchNorm norm = new();
    private readonly Conv2D conv = new(channels, kernel: 1, bias: false);

    /// <summary>From [N, C, H, W] to [N, channels, H / 2, W / 2].</summary>
    public Tensor Forward(Tensor x) => conv.Forward(norm.Forward(x).Relu()).AvgPool(2);
}
