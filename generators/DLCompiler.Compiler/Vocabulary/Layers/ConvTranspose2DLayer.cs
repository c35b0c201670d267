using System;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>ConvTranspose2D(filters, kernel, stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1, bias = true, input = 0, initializer)</c>: the
/// input gradient of a convolution as a layer, W [C, filters/groups, kernel, kernel], b [filters]. Each side becomes (H − 1)·stride − 2·padding +
/// dilation·(kernel − 1) + outputPadding + 1.
/// </summary>
internal static class ConvTranspose2DLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.ConvTranspose2D", Check, Forward, HasParameters: true);

    /// <summary>Checks the numbers of a transposed convolution.</summary>
    public static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "filters", 1);
        ConvolutionLayer.CheckNumbers(arguments);
        Checks.AtLeast(arguments, "outputPadding", 0);
        Checks.AtLeast(arguments, "groups", 1, 1);
        ConvolutionLayer.CheckFilterGroups(arguments);
        int added = arguments.Integer("outputPadding"), stride = arguments.Integer("stride", 1), dilation = arguments.Integer("dilation", 1);
        if (added >= Math.Max(stride, dilation))
        {
            string bound = dilation > stride ? $"the dilation, {Checks.Text(dilation)}" : $"the stride, {Checks.Text(stride)}";
            throw Checks.Wrong(arguments, "outputPadding", $"is {Checks.Text(added)}; it must be less than {bound}");
        }
    }

    private static object Forward(VocabularyCall call)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        int filters = arguments.Integer("filters"), kernel = arguments.Integer("kernel"), groups = arguments.Integer("groups", 1);
        long channels = ConvolutionLayer.Channels(call);
        ConvolutionLayer.CheckChannelGroups(call, channels);
        ImageInput.CheckOrder(call);
        ConvolutionGeometry geometry = ConvolutionLayer.Geometry(arguments, groups);
        Shape result = ResultShape(call, filters, kernel, geometry);
        call.BindInput(channels, "input channels", call.Input.Shape);

        // PyTorch counts the fans of the weight as it is stored.
        long fanIn = (long)filters / groups * kernel * kernel, fanOut = channels * kernel * kernel;
        Node weight = call.Parameter("weight", new Shape(channels, filters / groups, kernel, kernel),
            Initializers.Weights(arguments, InitializerKind.UniformFanIn), fanIn, fanOut);

        // A convolution takes the result to the input's size, or to more where the output padding is not less than the stride: there the input is zero.
        Node x = call.Input;
        int beyond = arguments.Integer("outputPadding") / geometry.StrideY;
        x = call.Graph.Pad(call.Graph.Pad(x, 2, 0, beyond), 3, 0, beyond);
        Node y = call.Graph.Add(new ConvolveInputGradient(geometry, result), x, weight);
        return new TensorValue(ConvolutionLayer.AddBias(call, y, "bias", fanIn, fanOut));
    }

    private static Shape ResultShape(VocabularyCall call, int filters, int kernel, ConvolutionGeometry geometry)
    {
        Shape input = call.Input.Shape;
        long added = ((long)geometry.DilationY * (kernel - 1)) + call.Layer.Arguments.Integer("outputPadding") + 1;
        long height = ((input[2].Value - 1) * geometry.StrideY) + added, width = ((input[3].Value - 1) * geometry.StrideX) + added;
        long cut = 2L * geometry.PaddingY, most = (Math.Min(height, width) - 1) / 2;
        if (geometry.PaddingY > most)
        {
            throw call.ErrorAtLayer(
                DiagnosticIds.InvalidArgument,
                "padding",
                $"padding {Checks.Text(geometry.PaddingY)} cuts off all of the result {Checks.Text(height)}×{Checks.Text(width)} that {call.Layer.Quoted} "
                    + $"makes of {input}. Use at most {Checks.Text(most)}",
                DiagnosticProperty.List((DiagnosticProperties.Argument, "padding"), (DiagnosticProperties.RightSize, Checks.Text(most))));
        }

        return new Shape(input[0], filters, height - cut, width - cut);
    }
}
