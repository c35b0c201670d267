using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>What the layers that move a square kernel over images share: checks of their arguments and of their input, and the bias of each channel.</summary>
internal static class ConvolutionLayer
{
    /// <summary>Checks the numbers that all of them have.</summary>
    public static void CheckNumbers(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "kernel", 1);
        Checks.AtLeast(arguments, "stride", 1, 1);
        Checks.AtLeast(arguments, "padding", 0);
        Checks.AtLeast(arguments, "dilation", 1, 1);
        Checks.Optional(arguments, "input");
    }

    /// <summary>Checks that the groups divide the filters.</summary>
    public static void CheckFilterGroups(ArgumentSet arguments)
    {
        int groups = arguments.Integer("groups", 1), filters = arguments.Integer("filters");
        if (filters % groups == 0) return;
        throw new VocabularyError(
            DiagnosticIds.Divisibility,
            arguments.OriginOf("groups"),
            $"{Checks.Text(groups)} groups do not divide {Checks.Count(filters, "filter", "filters")}; use {Checks.CommonDivisors(filters, filters)}")
        {
            Properties = Checks.Divisor("groups", groups, filters, filters),
        };
    }

    /// <summary>The number of input channels; checks that the input is images with as many as are declared.</summary>
    public static long Channels(VocabularyCall call)
    {
        Node x = call.Input;
        ImageInput.Check(call, call.Layer.Quoted);
        long channels = x.Shape[1].Value;
        int declared = call.Layer.Arguments.Integer("input");
        if (declared == 0 || declared == channels) return channels;
        if (x.Shape[3].Value == declared)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank,
                $"{call.Layer.Quoted} expects images [N, channels, height, width], but {x.Shape} has its {Checks.Text(declared)} channels last; "
                    + "Permute(0, 3, 1, 2) before");
        }

        throw call.WrongInputSize("input", "input channels", declared, channels, x.Shape.ToString());
    }

    /// <summary>Checks that the groups divide the input channels, too.</summary>
    public static void CheckChannelGroups(VocabularyCall call, long channels)
    {
        int groups = call.Layer.Arguments.Integer("groups", 1), filters = call.Layer.Arguments.Integer("filters");
        if (channels % groups == 0) return;
        throw call.ErrorAtLayer(
            DiagnosticIds.Divisibility,
            "groups",
            $"{Checks.Text(groups)} groups do not divide {Checks.Count(channels, "input channel", "input channels")} ({call.Input.Shape}); "
                + $"use {Checks.CommonDivisors(channels, filters)}",
            Checks.Divisor("groups", groups, channels, filters));
    }

    /// <summary>Checks that the kernel fits the padded images.</summary>
    public static void CheckWindow(VocabularyCall call)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        Checks.Window(arguments, "kernel", call.Origin, "kernel", call.Input.Shape, arguments.Integer("kernel"), arguments.Integer("padding"),
            arguments.Integer("dilation", 1), mostPadding: int.MaxValue);
    }

    /// <summary>How a kernel with the layer's arguments moves.</summary>
    public static ConvolutionGeometry Geometry(ArgumentSet arguments, int groups)
    {
        int stride = arguments.Integer("stride", 1), padding = arguments.Integer("padding"), dilation = arguments.Integer("dilation", 1);
        return new ConvolutionGeometry(stride, stride, padding, padding, dilation, dilation, groups);
    }

    /// <summary>The images plus the bias of each channel, if the layer has one.</summary>
    public static Node AddBias(VocabularyCall call, Node images, string name, long fanIn, long fanOut)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        if (!arguments.Flag("bias", true)) return images;
        Node bias = call.Parameter(name, new Shape(images.Shape[1]), Initializers.Biases(arguments), fanIn, fanOut);
        return call.Graph.Map(Building.X + Building.Y, images, call.Graph.BroadcastAlong(bias, images.Shape, [1]));
    }
}
