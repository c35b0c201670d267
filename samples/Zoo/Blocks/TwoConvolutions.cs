using DLCompiler;

namespace Zoo;

/// <summary>Two 3×3 convolutions, each with relu.</summary>
[Block]
public partial class TwoConvolutions(int channels, int padding = 0)
{
    private readonly Conv2D conv1 = new(channels, kernel: 3, padding: padding), conv2 = new(channels, kernel: 3, padding: padding);

    /// <summary>From [N, C, H, W] to [N, channels, H − 4, W − 4], or H and W with padding.</summary>
    public Tensor Forward(Tensor x) => conv2.Forward(conv1.Forward(x).Relu()).Relu();
}
