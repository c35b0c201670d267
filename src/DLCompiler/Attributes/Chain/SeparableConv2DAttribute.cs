namespace DLCompiler;

/// <summary>A depthwise convolution and a 1×1 convolution behind it of a <see cref="Sequential"/> network (<see cref="DLCompiler.SeparableConv2D"/>).</summary>
/// <param name="filters">The number of output channels.</param>
/// <param name="kernel">The depthwise kernel's height and width.</param>
/// <param name="stride">The distance between positions.</param>
/// <param name="padding">Rows and columns of zeros added on each side.</param>
/// <param name="dilation">The distance between the kernel's elements.</param>
/// <param name="depthMultiplier">Channels between the two convolutions for each input channel.</param>
/// <param name="bias">Whether a bias is added, after the 1×1 convolution.</param>
/// <param name="same">Whether as much is padded as gives ⌈H/stride⌉ rows and ⌈W/stride⌉ columns.</param>
public sealed class SeparableConv2DAttribute(
    int filters,
    int kernel,
    int stride = 1,
    int padding = 0,
    int dilation = 1,
    int depthMultiplier = 1,
    bool bias = true,
    bool same = false) : LayerAttribute
{
    /// <summary>The number of output channels.</summary>
    public int Filters { get; } = filters;

    /// <summary>The depthwise kernel's height and width.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The distance between positions.</summary>
    public int Stride { get; } = stride;

    /// <summary>Rows and columns of zeros added on each side.</summary>
    public int Padding { get; } = padding;

    /// <summary>The distance between the kernel's elements.</summary>
    public int Dilation { get; } = dilation;

    /// <summary>Channels between the two convolutions for each input channel.</summary>
    public int DepthMultiplier { get; } = depthMultiplier;

    /// <summary>Whether a bias is added, after the 1×1 convolution.</summary>
    public bool Bias { get; } = bias;

    /// <summary>Whether as much is padded as gives ⌈H/stride⌉ rows and ⌈W/stride⌉ columns.</summary>
    public bool Same { get; } = same;

    internal override Layer CreateLayer() => new SeparableConv2D(Filters, Kernel, Stride, Padding, Dilation, DepthMultiplier, Bias, same: Same);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((SeparableConv2D)layer!).Evaluate(x);
}
