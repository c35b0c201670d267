using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// The transpose of a convolution of sequences, which makes them longer, as PyTorch's <c>ConvTranspose1d</c>: [N, C, L] → [N, filters, L′] with
/// L′ = (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1. Parameters: <c>weight</c> [C, filters/groups, kernel] and <c>bias</c>
/// [filters].
/// </summary>
public sealed class ConvTranspose1D : Layer
{
    private readonly int filters;
    private readonly int kernel;
    private readonly int stride;
    private readonly int padding;
    private readonly int outputPadding;
    private readonly int dilation;
    private readonly int groups;
    private readonly bool bias;
    private readonly int input;
    private readonly Initializer initializer;
    private readonly double gain;

    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The number of output channels, a multiple of <paramref name="groups"/>.</param>
    /// <param name="kernel">The kernel's length.</param>
    /// <param name="stride">The distance between the places where neighbouring inputs put their kernels: how much longer the sequences become.</param>
    /// <param name="padding">Elements cut off each side of the result.</param>
    /// <param name="outputPadding">Elements that the result has more at its end. Less than the stride or less than the dilation.</param>
    /// <param name="dilation">The distance between the kernel's elements; 1 is dense.</param>
    /// <param name="groups">Parts of the channels that are convolved separately.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="input">The number of input channels; 0 takes it from the input. Given, it is checked.</param>
    /// <param name="initializer">
    /// How the weights are drawn; by default uniform on ±1/√fan-in, as the bias. PyTorch counts the fans of the weight as it is stored: the fan-in is
    /// filters/groups·kernel, the fan-out C·kernel.
    /// </param>
    /// <param name="gain">What the drawn weights are multiplied by: a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The groups do not divide the filters, or the output padding is neither less than the stride nor less than the dilation.
    /// </exception>
    public ConvTranspose1D(
        int filters,
        int kernel,
        int stride = 1,
        int padding = 0,
        int outputPadding = 0,
        int dilation = 1,
        int groups = 1,
        bool bias = true,
        int input = 0,
        Initializer initializer = Initializer.Default,
        float gain = 1)
    {
        ImageChecks.Transposed(filters, kernel, stride, padding, outputPadding, dilation, groups, input);
        (this.filters, this.kernel, this.stride, this.padding, this.outputPadding) = (filters, kernel, stride, padding, outputPadding);
        (this.dilation, this.groups, this.bias, this.input, this.initializer) = (dilation, groups, bias, input, initializer);
        this.gain = ParameterDrawing.CheckGain(gain);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, C, L].</param>
    /// <returns>[N, filters, L′].</returns>
    /// <exception cref="ShapeMismatchException">
    /// The input doesn't have three axes, the channels are not the declared ones or not divisible by the groups, or the padding cuts everything off.
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
        int full = ((x.Shape[2] - 1) * stride) + Convolution.Extent(kernel, dilation) + outputPadding;
        if (full <= 2 * padding)
            throw new ShapeMismatchException($"{DisplayName}: padding {padding} leaves nothing of the result's {full} elements. Use less padding.");
        int channels = x.Shape[1], fanIn = filters / groups * kernel;
        var weight = Parameter<T>("weight", new TensorShape(channels, filters / groups, kernel), shape =>
            ParameterDrawing.Weights(initializer, shape, fanIn, channels * kernel, gain));
        var offset = bias ? Parameter<T>("bias", new TensorShape(filters), shape => Dense.DrawBias(initializer, shape, fanIn)) : null;
        var image = TransposedConvolution.Apply(
            x.WithShape(new TensorShape(x.Shape[0], channels, 1, x.Shape[2])), weight.WithShape(new TensorShape(channels, filters / groups, 1, kernel)), offset,
            height: 1, full, stride, padding: 0, dilation, groups);
        return ImageShaping.Crop(image, 0, 0, padding, padding).WithShape(new TensorShape(x.Shape[0], filters, full - (2 * padding)));
    }
}
