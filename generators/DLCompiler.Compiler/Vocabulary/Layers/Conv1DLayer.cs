using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>Conv1D(filters, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, input = 0, initializer, same = false, causal = false)</c>:
/// cross-correlation of sequences [N, C, L] with W [filters, C/groups, kernel], plus b [filters]: an image of one row. The length becomes
/// ⌊(L + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1.
/// </summary>
internal static class Conv1DLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.Conv1D", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "filters", 1);
        ConvolutionLayer.CheckNumbers(arguments);
        Checks.AtLeast(arguments, "groups", 1, 1);
        ConvolutionLayer.CheckFilterGroups(arguments);
        if (!arguments.Flag("causal", false)) return;
        if (arguments.Flag("same", false)) throw Checks.Wrong(arguments, "causal", "pads before and same on both sides; leave one of them out");
        if (arguments.Integer("padding") is var padding and not 0)
            throw Checks.Wrong(arguments, "padding", $"is {Checks.Text(padding)} beside causal, which pads by itself; leave one of them out");
    }

    private static object Forward(VocabularyCall call)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        int filters = arguments.Integer("filters"), kernel = arguments.Integer("kernel"), groups = arguments.Integer("groups", 1);
        long channels = Channels(call);
        ConvolutionLayer.CheckChannelGroups(call, channels);
        ConvolutionLayer.CheckWindow(call);
        call.BindInput(channels, "input channels", call.Input.Shape);
        long fanIn = channels / groups * kernel, fanOut = (long)filters * kernel;
        Node weight = call.Parameter(
            "weight", new Shape(filters, channels / groups, kernel), Initializers.Weights(arguments, InitializerKind.UniformFanIn), fanIn, fanOut);
        int stride = arguments.Integer("stride", 1), dilation = arguments.Integer("dilation", 1), padding = arguments.Integer("padding");
        (Node images, int both) = ConvolutionLayer.Pad(
            call.Graph, SequenceInput.AsImages(call.Graph, call.Input), 3, Sides(arguments, call.Input.Shape[2].Value, stride, dilation, kernel, padding));
        Node y = call.Graph.Add(
            new Convolve(new ConvolutionGeometry(1, stride, 0, both, 1, dilation, groups)), images, SequenceInput.AsImages(call.Graph, weight));
        return new TensorValue(ConvolutionLayer.AddBias(call, SequenceInput.FromImages(call.Graph, y), "bias", fanIn, fanOut));
    }

    /// <summary>The number of input channels; checks that the input is sequences with as many as are declared.</summary>
    public static long Channels(VocabularyCall call)
    {
        SequenceInput.Check(call, call.Layer.Quoted);
        return ConvolutionLayer.CheckDeclared(call, "sequences [N, channels, length]", "Transpose(1, 2) before");
    }

    private static (int Before, int After) Sides(ArgumentSet arguments, long length, int stride, int dilation, int kernel, int padding)
    {
        int reach = dilation * (kernel - 1);
        return arguments.Flag("causal", false) ? (reach, 0)
            : arguments.Flag("same", false) ? SamePadding.Around(length, reach + 1L, stride)
            : (padding, padding);
    }
}
