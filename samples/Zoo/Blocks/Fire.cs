using DLCompiler;

namespace Zoo;

/// <summary>A narrow 1×1 convolution, then a wide one of 1×1 and 3×3 side by side (Iandola et al. 2016).</summary>
[Block]
public partial class Fire(int narrow, int wide)
{
    private readonly Conv2D squeeze = new(narrow, kernel: 1, initializer: Initializer.HeUniform);
    private readonly Conv2D expand1x1 = new(wide, kernel: 1, initializer: Initializer.HeUniform);
    private readonly Conv2D expand3x3 = new(wide, kernel: 3, padding: 1, initializer: Initializer.HeUniform);

    /// <summary>From [N, C, H, W] to [N, 2·wide, H, W].</summary>
    public Tensor Forward(Tensor x)
    {
        x = squeeze.Forward(x).Relu();
        return Tensor.Concat(1, expand1x1.Forward(x).Relu(), expand3x3.Forward(x).Relu());
    }
}
