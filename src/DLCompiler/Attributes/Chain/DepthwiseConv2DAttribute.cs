namespace DLCompiler;

/// <summary>A convolution of each channel by itself of a <see cref="Sequential"/> network (<see cref="DLCompiler.DepthwiseConv2D"/>).</summary>
/// <param name="kernel">The kernel's height and width.</param>
/// <param name="stride">The distance between positions.</param>
/// <param name="padding">Rows and columns of zeros added on each side.</param>
/// <param name="dilation">The distance between the kernel's elements.</param>
/// <param name="depthMultiplier">Output channels of each input channel.</param>
/// <param name="bias">Whether a bias is added.</param>
/// <param name="same">Whether as much is padded as gives ⌈H/stride⌉ rows and ⌈W/stride⌉ columns.</param>
public sealed class DepthwiseConv2DAttribute(
    int kernel,
    int stride = 1,
    int padding = 0,
    int dilation = 1,
    int depthMultiplier = 1,
    bool bias = true,
    bool same = false) : LayerAttribute
{
    /// <summary>The kernel's height and width.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The distance between positions.</summary>
    public int Stride { get; } = stride;

    /// <summary>Rows and columns of zeros added on each side.</summary>
    public int Padding { get; } = padding;

    /// <summary>The distance between the kernel's elements.</summary>
    public int Dilation { get; } = dilation;

    /// <summary>Output channels of each input channel.</summary>
    public int DepthMultiplier { get; } = depthMultiplier;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; } = bias;

    /// <summary>Whether as much is padded as gives ⌈H/stride⌉ rows and ⌈W/stride⌉ columns.</summary>
    public bool Same { get; } = same;

    internal override Layer CreateLayer() => new DepthwiseConv2D(Kernel, Stride, Padding, Dilation, DepthMultiplier, Bias, same: Same);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((DepthwiseConv2D)layer!).Evaluate(x);
}
