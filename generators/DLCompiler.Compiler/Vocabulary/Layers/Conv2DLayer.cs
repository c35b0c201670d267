using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>Conv2D(filters, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, input = 0, initializer, same = false)</c>: cross-correlation of
/// images [N, C, H, W] with W [filters, C/groups, kernel, kernel], plus b [filters]. Each side becomes
/// ⌊(H + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1.
/// </summary>
internal static class Conv2DLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.Conv2D", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "filters", 1);
        ConvolutionLayer.CheckNumbers(arguments);
        Checks.AtLeast(arguments, "groups", 1, 1);
        ConvolutionLayer.CheckFilterGroups(arguments);
    }

    private static object Forward(VocabularyCall call)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        Node x = call.Input;
        int filters = arguments.Integer("filters"), kernel = arguments.Integer("kernel"), groups = arguments.Integer("groups", 1);
        long channels = ConvolutionLayer.Channels(call);
        ConvolutionLayer.CheckChannelGroups(call, channels);
        ImageInput.CheckOrder(call);
        ConvolutionLayer.CheckWindow(call);
        call.BindInput(channels, "input channels", x.Shape);
        long fanIn = channels / groups * kernel * kernel, fanOut = (long)filters * kernel * kernel;
        Node weight = call.Parameter(
            "weight", new Shape(filters, channels / groups, kernel, kernel), Initializers.Weights(arguments, InitializerKind.UniformFanIn), fanIn, fanOut);
        Node y = ConvolutionLayer.Convolve(call, x, weight, groups);
        return new TensorValue(ConvolutionLayer.AddBias(call, y, "bias", fanIn, fanOut));
    }
}
