using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// A convolution of each channel by itself (Howard et al. 2017), with a square kernel: [N, C, H, W] → [N, C·depthMultiplier, H′, W′] with
/// H′ = ⌊(H + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1; channel c becomes the channels c·depthMultiplier and following. It is PyTorch's
/// <c>Conv2d</c> with as many groups as channels, and Keras' <c>DepthwiseConv2D</c>. Parameters: <c>weight</c> [C·depthMultiplier, 1, kernel, kernel] and
/// <c>bias</c> [C·depthMultiplier].
/// </summary>
public sealed class DepthwiseConv2D : Layer
{
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
    /// <param name="kernel">The kernel's height and width.</param>
    /// <param name="stride">The distance between positions.</param>
    /// <param name="padding">Rows and columns of zeros added on each side.</param>
    /// <param name="dilation">The distance between the kernel's elements; 1 is dense.</param>
    /// <param name="depthMultiplier">Output channels of each input channel.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="input">The number of input channels; 0 takes it from the input. Given, it is checked.</param>
    /// <param name="initializer">
    /// How the weights are drawn; by default uniform on ±1/√fan-in, as the bias. The fan-in is kernel², the fan-out C·depthMultiplier·kernel² (PyTorch's).
    /// </param>
    /// <param name="same">
    /// Whether as much is padded as gives ⌈H/stride⌉ rows and ⌈W/stride⌉ columns, an odd one after the last (<c>padding="same"</c> of Keras and, for stride 1,
    /// of PyTorch); without <paramref name="padding"/>.
    /// </param>
    /// <param name="gain">What the drawn weights are multiplied by: a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">There is padding beside same.</exception>
    public DepthwiseConv2D(
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
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depthMultiplier, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ImageChecks.Same(same, padding);
        (this.kernel, this.stride, this.padding, this.dilation) = (kernel, stride, padding, dilation);
        (this.depthMultiplier, this.bias, this.input, this.initializer, this.same) = (depthMultiplier, bias, input, initializer, same);
        this.gain = ParameterDrawing.CheckGain(gain);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, C·depthMultiplier, H′, W′].</returns>
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
        int channels = x.Shape[1], results = channels * depthMultiplier, fanIn = kernel * kernel;
        var weight = Parameter<T>("weight", new TensorShape(results, 1, kernel, kernel), shape =>
            ParameterDrawing.Weights(initializer, shape, fanIn, results * fanIn, gain));
        var offset = bias ? Parameter<T>("bias", new TensorShape(results), shape => Dense.DrawBias(initializer, shape, fanIn)) : null;
        return Convolution.Apply(x, weight, offset, stride, padding, dilation, channels);
    }
}
