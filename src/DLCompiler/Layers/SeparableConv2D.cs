using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// A depthwise convolution followed by a 1×1 convolution that mixes the channels (Sifre 2014; Chollet 2017), with nothing between them, as Keras'
/// <c>SeparableConv2D</c>: [N, C, H, W] → [N, filters, H′, W′] with H′ = ⌊(H + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1. Parameters:
/// <c>depthwise.weight</c> [C·depthMultiplier, 1, kernel, kernel], <c>pointwise.weight</c> [filters, C·depthMultiplier, 1, 1] and <c>pointwise.bias</c>
/// [filters]: those of two PyTorch <c>Conv2d</c> with the names <c>depthwise</c> (without bias) and <c>pointwise</c>. MobileNet's block normalises between
/// the two: write it with <see cref="DepthwiseConv2D"/> and <see cref="Conv2D"/>.
/// </summary>
public sealed class SeparableConv2D : Layer
{
    private readonly int filters;
    private readonly int kernel;
    private readonly int stride;
    private readonly int padding;
    private readonly int dilation;
    private readonly int depthMultiplier;
    private readonly bool bias;
    private readonly int input;
    private readonly Initializer initializer;
    private readonly bool same;
    private readonly double gain;

    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernel">The depthwise kernel's height and width.</param>
    /// <param name="stride">The distance between the depthwise kernel's positions.</param>
    /// <param name="padding">Rows and columns of zeros added on each side.</param>
    /// <param name="dilation">The distance between the kernel's elements; 1 is dense.</param>
    /// <param name="depthMultiplier">Channels between the two convolutions for each input channel.</param>
    /// <param name="bias">Whether a bias is added, after the 1×1 convolution.</param>
    /// <param name="input">The number of input channels; 0 takes it from the input. Given, it is checked.</param>
    /// <param name="initializer">
    /// How both weights are drawn; by default uniform on ±1/√fan-in. Fan-in and fan-out are kernel² and C·depthMultiplier·kernel² of the first,
    /// C·depthMultiplier and filters of the second.
    /// </param>
    /// <param name="same">
    /// Whether as much is padded as gives ⌈H/stride⌉ rows and ⌈W/stride⌉ columns, an odd one after the last (<c>padding="same"</c> of Keras and, for stride 1,
    /// of PyTorch); without <paramref name="padding"/>.
    /// </param>
    /// <param name="gain">What the drawn weights are multiplied by: a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">There is padding beside same.</exception>
    public SeparableConv2D(
        int filters,
        int kernel,
        int stride = 1,
        int padding = 0,
        int dilation = 1,
        int depthMultiplier = 1,
        bool bias = true,
        int input = 0,
        Initializer initializer = Initializer.Default,
        bool same = false,
        float gain = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depthMultiplier, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ImageChecks.Same(same, padding);
        (this.filters, this.kernel, this.stride, this.padding, this.dilation) = (filters, kernel, stride, padding, dilation);
        (this.depthMultiplier, this.bias, this.input, this.initializer, this.same) = (depthMultiplier, bias, input, initializer, same);
        this.gain = ParameterDrawing.CheckGain(gain);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, filters, H′, W′].</returns>
    /// <exception cref="ShapeMismatchException">
    /// The input doesn't have four axes, the channels are not the declared ones, or the kernel is larger than the padded image.
    /// </exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    internal DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ImageChecks.Rank(DisplayName, x.Shape);
        CheckInput(input, x.Shape, axis: 1);
        if (same) x = ImageChecks.PadSame(x, kernel, stride, dilation);
        ImageChecks.Window(DisplayName, x.Shape, kernel, padding, dilation);
        int channels = x.Shape[1], between = channels * depthMultiplier, taps = kernel * kernel;
        var depthwise = Parameter<T>("depthwise.weight", new TensorShape(between, 1, kernel, kernel), shape =>
            ParameterDrawing.Weights(initializer, shape, taps, between * taps, gain));
        var pointwise = Parameter<T>("pointwise.weight", new TensorShape(filters, between, 1, 1), shape =>
            ParameterDrawing.Weights(initializer, shape, between, filters, gain));
        var offset = bias ? Parameter<T>("pointwise.bias", new TensorShape(filters), shape => Dense.DrawBias(initializer, shape, between)) : null;
        DenseArray<T> mixed = Convolution.Apply(x, depthwise, null, stride, padding, dilation, channels);
        return Convolution.Apply(mixed, pointwise, offset, stride: 1, padding: 0, dilation: 1, groups: 1);
    }
}
