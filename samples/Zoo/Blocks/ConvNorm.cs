using DLCompiler;

namespace Zoo;

/// <summary>A convolution without bias, batch normalisation and relu: what most networks since 2015 are made of.</summary>
[Block]
public partial class ConvNorm(int channels, int kernel, int stride = 1, int padding = 0, float epsilon = 1e-5f)
{
    private readonly Conv2D conv = new(channels, kernel, stride: stride, padding: padding, bias: false);
    private readonly BatchNorm bn = new(epsilon: epsilon);

    /// <summary>From [N, C, H, W] to [N, channels, H′, W′].</summary>
    public Tensor Forward(Tensor x) => bn.Forward(conv.Forward(x)).Relu();
}
