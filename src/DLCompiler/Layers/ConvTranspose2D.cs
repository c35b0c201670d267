using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// The transpose of a convolution, which makes images larger (Zeiler et al. 2010; Dumoulin and Visin 2016), as PyTorch's <c>ConvTranspose2d</c>, with a
/// square kernel: [N, C, H, W] → [N, filters, H′, W′] with H′ = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1. A convolution with
/// the same kernel, stride and padding goes back to H. Parameters: <c>weight</c> [C, filters/groups, kernel, kernel] and <c>bias</c> [filters].
/// </summary>
public sealed class ConvTranspose2D : Layer
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
    /// <param name="kernel">The kernel's height and width.</param>
    /// <param name="stride">The distance between the places where neighbouring inputs put their kernels: how much larger the images become.</param>
    /// <param name="padding">Rows and columns cut off each side of the result.</param>
    /// <param name="outputPadding">
    /// Rows and columns that the result has more at its end: which of the sizes that a strided convolution takes to H is meant. Less than the stride or
    /// less than the dilation.
    /// </param>
    /// <param name="dilation">The distance between the kernel's elements; 1 is dense.</param>
    /// <param name="groups">Parts of the channels that are convolved separately.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="input">The number of input channels; 0 takes it from the input. Given, it is checked.</param>
    /// <param name="initializer">
    /// How the weights are drawn; by default uniform on ±1/√fan-in, as the bias. PyTorch counts the fans of the weight as it is stored: the fan-in is
    /// filters/groups·kernel², the fan-out C·kernel².
    /// </param>
    /// <param name="gain">What the drawn weights are multiplied by: a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The groups do not divide the filters, or the output padding is neither less than the stride nor less than the dilation.
    /// </exception>
    public ConvTranspose2D(
        int filters,
        int kernel,
        int stride = 1,
        int padding = 0,
        int outputPadding = 0,
        int dilation = 1,
        int groups = 1,
        bool bias = true,
        int input = 0,
        Initializer initializer = Initializer.Default, float gain = 1)
    {
        ImageChecks.Transposed(filters, kernel, stride, padding, outputPadding, dilation, groups, input);
        (this.filters, this.kernel, this.stride, this.padding, this.outputPadding) = (filters, kernel, stride, padding, outputPadding);
        (this.dilation, this.groups, this.bias, this.input, this.initializer) = (dilation, groups, bias, input, initializer);
        this.gain = ParameterDrawing.CheckGain(gain);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, filters, H′, W′].</returns>
    /// <exception cref="ShapeMismatchException">
    /// The input doesn't have four axes, the channels are not the declared ones or not divisible by the groups, or the padding cuts everything off.
    /// </exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    internal DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ImageChecks.Rank(DisplayName, x.Shape);
        CheckInput(input, x.Shape, axis: 1);
        ImageChecks.Groups(DisplayName, x.Shape, groups);
        int height = Size(x.Shape[2]), width = Size(x.Shape[3]);
        if (Math.Min(height, width) < 1)
        {
            throw new ShapeMismatchException(
                $"{DisplayName}: padding {padding} leaves nothing of the result: {x.Shape} becomes {height}×{width}. Use less padding.");
        }

        int channels = x.Shape[1], fanIn = filters / groups * kernel * kernel, fanOut = channels * kernel * kernel;
        var weight = Parameter<T>("weight", new TensorShape(channels, filters / groups, kernel, kernel), shape =>
            ParameterDrawing.Weights(initializer, shape, fanIn, fanOut, gain));
        var offset = bias ? Parameter<T>("bias", new TensorShape(filters), shape => Dense.DrawBias(initializer, shape, fanIn)) : null;
        return TransposedConvolution.Apply(x, weight, offset, height, width, stride, padding, dilation, groups);
    }

    private int Size(int size) => ((size - 1) * stride) - (2 * padding) + Convolution.Extent(kernel, dilation) + outputPadding;
}
