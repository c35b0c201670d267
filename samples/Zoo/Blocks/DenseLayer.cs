using DLCompiler;

namespace Zoo;

/// <summary>1×1, then 3×3, each after normalisation and relu.</summary>
[Block]
public partial class DenseLayer(int growth)
{
    private readonly BatchNorm norm1 = new(), norm2 = new();
    private readonly Conv2D conv1 = new(4 * growth, kernel: 1, bias: false), conv2 = new(growth, kernel: 3, padding: 1, bias: false);

    /// <summary>From [N, C, H, W] to [N, growth, H, W].</summary>
    public Tensor Forward(Tensor x) => conv2.Forward(norm2.Forward(conv1.Forward(norm1.Forward(x).Relu())).Relu());
}
