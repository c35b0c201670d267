using DLCompiler;

namespace Zoo;

/// <summary>Twice the size, joined with the middle of what had this size on the way down.</summary>
[Block]
public partial class UpConvolution(int channels, int padding = 0)
{
    private readonly ConvTranspose2D up = new(channels, kernel: 2, stride: 2);
    private readonly TwoConvolutions conv = new(channels, padding);

    /// <summary>From [N, 2·channels, H, W] and [N, channels, H′, W′] to [N, channels, 2·H − 4, 2·W − 4], or 2·H and 2·W with padding.</summary>
    public Tensor Forward(Tensor x, Tensor skip)
    {
        x = up.Forward(x);
        int border = (skip.Shape[2] - x.Shape[2]) / 2;
        return conv.Forward(Tensor.Concat(1, skip.Crop(border, border, border, border), x));
    }
}
