using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// A convolution of sequences (Waibel et al. 1989; a cross-correlation, as PyTorch's <c>Conv1d</c>): [N, C, L] → [N, filters, L′] with
/// L′ = ⌊(L + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1. Parameters: <c>weight</c> [filters, C/groups, kernel] and <c>bias</c> [filters].
/// </summary>
public sealed class Conv1D : Layer
{
    private readonly int filters;
    private readonly int kernel;
    private readonly int stride;
    private readonly int padding;
    private readonly int dilation;
    private readonly int groups;
    private readonly bool bias;
    private readonly int input;
    private readonly Initializer initializer;
    private readonly double gain;
    private readonly bool same;
    private readonly bool causal;

    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The number of output channels, a multiple of <paramref name="groups"/>.</param>
    /// <param name="kernel">The kernel's length.</param>
    /// <param name="stride">The distance between positions.</param>
    /// <param name="padding">Zeros added on each side.</param>
    /// <param name="dilation">The distance between the kernel's elements; 1 is dense.</param>
    /// <param name="groups">Parts of the channels that are convolved separately; as many as channels is a depthwise convolution.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="input">The number of input channels; 0 takes it from the input. Given, it is checked.</param>
    /// <param name="initializer">
    /// How the weights are drawn; by default uniform on ±1/√fan-in, as the bias. The fan-in is C/groups·kernel, the fan-out filters·kernel.
    /// </param>
    /// <param name="same">Whether as much is padded as gives ⌈L/stride⌉ results, an odd zero after the sequence (<c>padding="same"</c>).</param>
    /// <param name="causal">
    /// Whether dilation·(kernel − 1) zeros come before the sequence, and none after it, so that no result sees later elements (van den Oord et al. 2016; Keras'
    /// <c>padding="causal"</c>).
    /// </param>
    /// <param name="gain">What the drawn weights are multiplied by: a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The groups do not divide the filters, or more than one of padding, same and causal is given.</exception>
    public Conv1D(
        int filters,
        int kernel,
        int stride = 1,
        int padding = 0,
        int dilation = 1,
        int groups = 1,
        bool bias = true,
        int input = 0,
        Initializer initializer = Initializer.Default,
        bool same = false,
        bool causal = false,
        float gain = 1)
    {
        ImageChecks.Convolution(filters, kernel, stride, padding, dilation, groups, input);
        ImageChecks.FilterGroups(filters, groups);
        ImageChecks.Same(same || causal, padding);
        if (same && causal) throw new ArgumentException("causal pads before and same on both sides; leave one of them out.", nameof(causal));
        (this.filters, this.kernel, this.stride, this.padding, this.dilation) = (filters, kernel, stride, padding, dilation);
        (this.groups, this.bias, this.input, this.initializer, this.same, this.causal) = (groups, bias, input, initializer, same, causal);
        this.gain = ParameterDrawing.CheckGain(gain);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, C, L].</param>
    /// <returns>[N, filters, L′].</returns>
    /// <exception cref="ShapeMismatchException">
    /// The input doesn't have three axes, the channels are not the declared ones or not divisible by the groups, or the kernel is larger than the padded
    /// sequence.
    /// </exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    internal DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ImageChecks.Sequence(DisplayName, x.Shape);
        CheckInput(input, x.Shape, axis: 1);
        ImageChecks.Groups(DisplayName, x.Shape, groups);
        int channels = x.Shape[1], length = x.Shape[2], fanIn = channels / groups * kernel, extent = Convolution.Extent(kernel, dilation);
        (int before, int after) = causal ? (extent - 1, 0) : same ? PoolWindows.SamePadding(length, extent, stride) : (padding, padding);
        if (extent > length + before + after)
        {
            throw new ShapeMismatchException(
                $"{DisplayName}: kernel {kernel} does not fit the padded input {length + before + after} of {x.Shape}. Use a smaller kernel or more padding.");
        }

        var weight = Parameter<T>("weight", new TensorShape(filters, channels / groups, kernel), shape =>
            ParameterDrawing.Weights(initializer, shape, fanIn, filters * kernel, gain));
        var offset = bias ? Parameter<T>("bias", new TensorShape(filters), shape => Dense.DrawBias(initializer, shape, fanIn)) : null;
        var padded = ImageShaping.ZeroPad(x.WithShape(new TensorShape(x.Shape[0], channels, 1, length)), 0, 0, before, after);
        var image = Convolution.Apply(
            padded, weight.WithShape(new TensorShape(filters, channels / groups, 1, kernel)), offset, stride, padding: 0, dilation, groups);
        return image.WithShape(new TensorShape(image.Shape[0], filters, image.Shape[3]));
    }
}
