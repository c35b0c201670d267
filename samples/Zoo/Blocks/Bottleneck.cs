using DLCompiler;

namespace Zoo;

/// <summary>1×1, 3×3 and 1×1 convolutions, and what went in added to what comes out (He et al. 2015, figure 5, right; the stride is that of the 3×3).</summary>
/// <param name="width">Channels of the 3×3 convolution, a quarter of those of the result.</param>
/// <param name="stride">The factor by which images shrink.</param>
/// <param name="squeeze">With squeeze and excitation, the factor by which channels shrink in it; 0 goes without.</param>
[Block]
public partial class Bottleneck(int width, int stride = 1, int squeeze = 0)
{
    private readonly Conv2D conv1 = new(width, kernel: 1, bias: false);
    private readonly Conv2D conv2 = new(width, kernel: 3, stride: stride, padding: 1, bias: false);
    private readonly Conv2D conv3 = new(4 * width, kernel: 1, bias: false);
    private readonly BatchNorm bn1 = new(), bn2 = new(), bn3 = new();
    private readonly SqueezeExcitation se = new(4 * width, squeeze);
    private readonly (Conv2D Conv, BatchNorm Norm) downsample = (new(4 * width, kernel: 1, stride: stride, bias: false), new());

    /// <summary>From [N, C, H, W] to [N, 4·width, H / stride, W / stride].</summary>
    public Tensor Forward(Tensor x)
    {
        var skip = stride == 1 && x.Shape[1] == 4 * width ? x : downsample.Norm.Forward(downsample.Conv.Forward(x));
        var y = bn2.Forward(conv2.Forward(bn1.Forward(conv1.Forward(x)).Relu())).Relu();
        y = bn3.Forward(conv3.Forward(y));
        return ((squeeze > 0 ? se.Forward(y) : y) + skip).Relu();
    }
}
