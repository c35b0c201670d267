using DLCompiler;

namespace Zoo;

/// <summary>A convolution of each channel by itself, then one of 1×1, with normalisation and relu after both (Howard et al. 2017, figure 3).</summary>
[Block]
public partial class DepthwiseSeparable(int channels, int stride = 1)
{
    private readonly DepthwiseConv2D depthwise = new(kernel: 3, stride: stride, padding: 1, bias: false);
    private readonly BatchNorm bn = new();
    private readonly ConvNorm pointwise = new(channels, kernel: 1);

    /// <summary>From [N, C, H, W] to [N, channels, H / stride, W / stride].</summary>
    public Tensor Forward(Tensor x) => pointwise.Forward(bn.Forward(depthwise.Forward(x)).Relu());
}
