using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>ConvTranspose1D(filters, kernel, stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1, bias = true, input = 0, initializer)</c>: the
/// input gradient of a convolution of sequences [N, C, L] as a layer, W [C, filters/groups, kernel], b [filters]: an image of one row. The length becomes
/// (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1.
/// </summary>
internal static class ConvTranspose1DLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.ConvTranspose1D", ConvTranspose2DLayer.Check, Forward, HasParameters: true);

    private static object Forward(VocabularyCall call)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        int filters = arguments.Integer("filters"), kernel = arguments.Integer("kernel"), groups = arguments.Integer("groups", 1);
        int stride = arguments.Integer("stride", 1), dilation = arguments.Integer("dilation", 1), padding = arguments.Integer("padding");
        int outputPadding = arguments.Integer("outputPadding");
        long channels = Conv1DLayer.Channels(call);
        ConvolutionLayer.CheckChannelGroups(call, channels);
        Shape input = call.Input.Shape;
        long full = ((input[2].Value - 1) * stride) + ((long)dilation * (kernel - 1)) + outputPadding + 1, most = (full - 1) / 2;
        if (padding > most)
        {
            throw call.ErrorAtLayer(
                DiagnosticIds.InvalidArgument,
                "padding",
                $"padding {Checks.Text(padding)} cuts off all of the result's {Checks.Text(full)} elements that {call.Layer.Quoted} makes of {input}. "
                    + $"Use at most {Checks.Text(most)}",
                DiagnosticProperty.List((DiagnosticProperties.Argument, "padding"), (DiagnosticProperties.RightSize, Checks.Text(most))));
        }

        call.BindInput(channels, "input channels", input);

        // PyTorch counts the fans of the weight as it is stored.
        long fanIn = (long)filters / groups * kernel, fanOut = channels * kernel;
        Node weight = call.Parameter(
            "weight", new Shape(channels, filters / groups, kernel), Initializers.Weights(arguments, InitializerKind.UniformFanIn), fanIn, fanOut);

        // A convolution takes the result to the input's size, or to more where the output padding is not less than the stride: there the input is zero.
        Node images = call.Graph.Pad(SequenceInput.AsImages(call.Graph, call.Input), 3, 0, outputPadding / stride);
        Node y = call.Graph.Add(
            new ConvolveInputGradient(
                new ConvolutionGeometry(1, stride, 0, padding, 1, dilation, groups), new Shape(input[0], filters, 1, full - (2L * padding))),
            images, SequenceInput.AsImages(call.Graph, weight));
        return new TensorValue(ConvolutionLayer.AddBias(call, SequenceInput.FromImages(call.Graph, y), "bias", fanIn, fanOut));
    }
}
