namespace DLCompiler.Benchmarks.Models;

/// <summary>Two 3×3 convolutions with batch normalisation, and what went in added to what comes out.</summary>
[Block]
public partial class ResidualBlock(int channels, int stride = 1)
{
    private readonly Conv2D conv1 = new(channels, kernel: 3, stride: stride, padding: 1, bias: false);
    private readonly Conv2D conv2 = new(channels, kernel: 3, padding: 1, bias: false);
    private readonly Conv2D project = new(channels, kernel: 1, stride: stride, bias: false);
    private readonly BatchNorm norm1 = new(), norm2 = new(), norm3 = new();

    /// <summary>From [N, C, H, W] to [N, channels, H / stride, W / stride].</summary>
    public Tensor Forward(Tensor x)
    {
        var skip = stride == 1 && x.Shape[1] == channels ? x : norm3.Forward(project.Forward(x));
        var y = norm1.Forward(conv1.Forward(x)).Relu();
        return (norm2.Forward(conv2.Forward(y)) + skip).Relu();
    }
}
