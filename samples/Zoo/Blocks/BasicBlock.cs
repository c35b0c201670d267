using DLCompiler;

namespace Zoo;

/// <summary>Two 3×3 convolutions, and what went in added to what comes out (He et al. 2015, figure 5, left).</summary>
[Block]
public partial class BasicBlock(int channels, int stride = 1, int squeeze = 0)
{
    private readonly Conv2D conv1 = new(channels, kernel: 3, stride: stride, padding: 1, bias: false);
    private readonly Conv2D conv2 = new(channels, kernel: 3, padding: 1, bias: false);
    private readonly BatchNorm bn1 = new(), bn2 = new();
    private readonly SqueezeExcitation se = new(channels, squeeze);
    private readonly (Conv2D Conv, BatchNorm Norm) downsample = (new(channels, kernel: 1, stride: stride, bias: false), new());

    /// <summary>From [N, C, H, W] to [N, channels, H / stride, W / stride].</summary>
    public Tensor Forward(Tensor x)
    {
        var skip = stride == 1 && x.Shape[1] == channels ? x : downsample.Norm.Forward(downsample.Conv.Forward(x));
        var y = bn2.Forward(conv2.Forward(bn1.Forward(conv1.Forward(x)).Relu()));
        return ((squeeze > 0 ? se.Forward(y) : y) + skip).Relu();
    }
}
