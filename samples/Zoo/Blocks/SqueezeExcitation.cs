using DLCompiler;

namespace Zoo;

/// <summary>Scales each channel by what the means of all channels say (Hu et al., "Squeeze-and-excitation networks", 2017).</summary>
/// <param name="channels">Channels of the images.</param>
/// <param name="factor">How many times fewer numbers there are in between.</param>
[Block]
public partial class SqueezeExcitation(int channels, int factor)
{
    private readonly Dense fc1 = new(factor > 0 ? channels / factor : channels), fc2 = new(channels);

    /// <summary>From [N, C, H, W] to the same shape.</summary>
    public Tensor Forward(Tensor x) => x * fc2.Forward(fc1.Forward(x.GlobalAvgPool()).Relu()).Sigmoid().Reshape(x.Shape[0], channels, 1, 1);
}
