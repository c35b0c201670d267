using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>DepthwiseConv2D(kernel, stride = 1, padding = 0, dilation = 1, depthMultiplier = 1, bias = true, input = 0, initializer)</c>: a convolution with as
/// many groups as channels, W [C·depthMultiplier, 1, kernel, kernel] and b [C·depthMultiplier].
/// </summary>
internal static class DepthwiseConv2DLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.DepthwiseConv2D", Check, Forward, HasParameters: true);

    /// <summary>The input, each channel convolved by itself.</summary>
    /// <param name="call">The layer's use.</param>
    /// <param name="name">The weight's name.</param>
    public static Node Convolve(VocabularyCall call, string name)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        long channels = ConvolutionLayer.Channels(call), results = channels * arguments.Integer("depthMultiplier", 1);
        ImageInput.CheckOrder(call);
        ConvolutionLayer.CheckWindow(call);
        call.BindInput(channels, "input channels", call.Input.Shape);
        int kernel = arguments.Integer("kernel");
        long taps = (long)kernel * kernel;
        Node weight = call.Parameter(
            name, new Shape(results, 1, kernel, kernel), Initializers.Weights(arguments, InitializerKind.UniformFanIn), taps, results * taps);
        return ConvolutionLayer.Convolve(call, call.Input, weight, (int)channels);
    }

    private static void Check(ArgumentSet arguments)
    {
        ConvolutionLayer.CheckNumbers(arguments);
        Checks.AtLeast(arguments, "depthMultiplier", 1, 1);
    }

    private static object Forward(VocabularyCall call)
    {
        Node y = Convolve(call, "weight");
        int kernel = call.Layer.Arguments.Integer("kernel");
        long taps = (long)kernel * kernel;
        return new TensorValue(ConvolutionLayer.AddBias(call, y, "bias", taps, y.Shape[1].Value * taps));
    }
}
