namespace DLCompiler;

/// <summary>A convolution of sequences of a <see cref="Sequential"/> network (<see cref="DLCompiler.Conv1D"/>).</summary>
/// <param name="filters">The number of output channels.</param>
/// <param name="kernel">The kernel's length.</param>
/// <param name="stride">The distance between positions.</param>
/// <param name="padding">Zeros added on each side.</param>
/// <param name="dilation">The distance between the kernel's elements.</param>
/// <param name="groups">Parts of the channels that are convolved separately.</param>
/// <param name="bias">Whether a bias is added.</param>
/// <param name="same">Whether as much is padded as gives ⌈L/stride⌉ results.</param>
/// <param name="causal">Whether all padding comes before the sequence.</param>
public sealed class Conv1DAttribute(
    int filters,
    int kernel,
    int stride = 1,
    int padding = 0,
    int dilation = 1,
    int groups = 1,
    bool bias = true,
    bool same = false,
    bool causal = false) : LayerAttribute
{
    /// <summary>The number of output channels.</summary>
    public int Filters { get; } = filters;

    /// <summary>The kernel's length.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The distance between positions.</summary>
    public int Stride { get; } = stride;

    /// <summary>Zeros added on each side.</summary>
    public int Padding { get; } = padding;

    /// <summary>The distance between the kernel's elements.</summary>
    public int Dilation { get; } = dilation;

    /// <summary>Parts of the channels that are convolved separately.</summary>
    public int Groups { get; } = groups;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; } = bias;

    /// <summary>Whether as much is padded as gives ⌈L/stride⌉ results.</summary>
    public bool Same { get; } = same;

    /// <summary>Whether all padding comes before the sequence.</summary>
    public bool Causal { get; } = causal;

    internal override Layer CreateLayer() => new Conv1D(Filters, Kernel, Stride, Padding, Dilation, Groups, Bias, same: Same, causal: Causal);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((Conv1D)layer!).Evaluate(x);
}
