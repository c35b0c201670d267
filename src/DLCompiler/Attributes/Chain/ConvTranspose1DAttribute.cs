namespace DLCompiler;

/// <summary>A transposed convolution of sequences of a <see cref="Sequential"/> network (<see cref="DLCompiler.ConvTranspose1D"/>).</summary>
/// <param name="filters">The number of output channels.</param>
/// <param name="kernel">The kernel's length.</param>
/// <param name="stride">The distance between the places where neighbouring inputs put their kernels.</param>
/// <param name="padding">Elements cut off each side of the result.</param>
/// <param name="outputPadding">Elements that the result has more at its end.</param>
/// <param name="dilation">The distance between the kernel's elements.</param>
/// <param name="groups">Parts of the channels that are convolved separately.</param>
/// <param name="bias">Whether a bias is added.</param>
public sealed class ConvTranspose1DAttribute(
    int filters,
    int kernel,
    int stride = 1,
    int padding = 0,
    int outputPadding = 0,
    int dilation = 1,
    int groups = 1,
    bool bias = true) : LayerAttribute
{
    /// <summary>The number of output channels.</summary>
    public int Filters { get; } = filters;

    /// <summary>The kernel's length.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The distance between the places where neighbouring inputs put their kernels.</summary>
    public int Stride { get; } = stride;

    /// <summary>Elements cut off each side of the result.</summary>
    public int Padding { get; } = padding;

    /// <summary>Elements that the result has more at its end.</summary>
    public int OutputPadding { get; } = outputPadding;

    /// <summary>The distance between the kernel's elements.</summary>
    public int Dilation { get; } = dilation;

    /// <summary>Parts of the channels that are convolved separately.</summary>
    public int Groups { get; } = groups;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; } = bias;

    internal override Layer CreateLayer() => new ConvTranspose1D(Filters, Kernel, Stride, Padding, OutputPadding, Dilation, Groups, Bias);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((ConvTranspose1D)layer!).Evaluate(x);
}
