using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// A two-dimensional convolution (LeCun et al. 1998; a cross-correlation, as PyTorch's) with a square kernel: [N, C, H, W] → [N, filters, H′, W′] with
/// H′ = ⌊(H + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1. Parameters: <c>weight</c> [filters, C/groups, kernel, kernel] and <c>bias</c> [filters].
/// </summary>
public sealed class Conv2D : Layer
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
    private readonly bool same;
    private readonly double gain;

    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The number of output channels, a multiple of <paramref name="groups"/>.</param>
    /// <param name="kernel">The kernel's height and width.</param>
    /// <param name="stride">The distance between positions.</param>
    /// <param name="padding">Rows and columns of zeros added on each side.</param>
    /// <param name="dilation">The distance between the kernel's elements; 1 is dense.</param>
    /// <param name="groups">Parts of the channels that are convolved separately; as many as channels is a depthwise convolution.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="input">The number of input channels; 0 takes it from the input. Given, it is checked.</param>
    /// <param name="initializer">
    /// How the weights are drawn; by default uniform on ±1/√fan-in, as the bias. The fan-in is C/groups·kernel², the fan-out filters·kernel².
    /// </param>
    /// <param name="same">
    /// Whether as much is padded as gives ⌈H/stride⌉ rows and ⌈W/stride⌉ columns, an odd one after the last (<c>padding="same"</c> of Keras and, for stride 1,
    /// of PyTorch); without <paramref name="padding"/>.
    /// </param>
    /// <param name="gain">What the drawn weights are multiplied by: a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The groups do not divide the filters, or there is padding beside same.</exception>
    public Conv2D(
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
        float gain = 1)
    {
        ImageChecks.Convolution(filters, kernel, stride, padding, dilation, groups, input);
        ImageChecks.Same(same, padding);
        ImageChecks.FilterGroups(filters, groups);
        (this.filters, this.kernel, this.stride, this.padding, this.dilation) = (filters, kernel, stride, padding, dilation);
        (this.groups, this.bias, this.input, this.initializer, this.same) = (groups, bias, input, initializer, same);
        this.gain = ParameterDrawing.CheckGain(gain);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, filters, H′, W′].</returns>
    /// <exception cref="ShapeMismatchException">
    /// The input doesn't have four axes, the channels are not the declared ones or not divisible by the groups, or the kernel is larger than the padded
    /// image.
    /// </exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    internal DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckChannels(x.Shape);
        if (same) x = ImageChecks.PadSame(x, kernel, stride, dilation);
        ImageChecks.Window(DisplayName, x.Shape, kernel, padding, dilation);
        int channels = x.Shape[1], fanIn = channels / groups * kernel * kernel, fanOut = filters * kernel * kernel;
        var weight = Parameter<T>("weight", new TensorShape(filters, channels / groups, kernel, kernel), shape =>
            ParameterDrawing.Weights(initializer, shape, fanIn, fanOut, gain));
        var offset = bias ? Parameter<T>("bias", new TensorShape(filters), shape => Dense.DrawBias(initializer, shape, fanIn)) : null;
        return Convolution.Apply(x, weight, offset, stride, padding, dilation, groups);
    }

    private void CheckChannels(TensorShape shape)
    {
        ImageChecks.Rank(DisplayName, shape);
        CheckInput(input, shape, axis: 1);
        ImageChecks.Groups(DisplayName, shape, groups);
    }
}
