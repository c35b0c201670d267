using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// What the layers that move a kernel over images or sequences share: checks of their arguments and of their input, padding, and the bias of each channel.
/// </summary>
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
        SamePadding.Check(arguments);
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
        ImageInput.Check(call, call.Layer.Quoted);
        return CheckDeclared(call, "images [N, channels, height, width]", "Permute(0, 3, 1, 2) before");
    }

    /// <summary>The number of input channels; checks that there are as many as are declared.</summary>
    /// <param name="expected">What the layer expects.</param>
    /// <param name="remedy">What makes it of an input whose channels come last.</param>
    public static long CheckDeclared(VocabularyCall call, string expected, string remedy)
    {
        Node x = call.Input;
        long channels = x.Shape[1].Value;
        int declared = call.Layer.Arguments.Integer("input");
        if (declared == 0 || declared == channels) return channels;
        if (x.Shape[x.Shape.Rank - 1].Value == declared)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank,
                $"{call.Layer.Quoted} expects {expected}, but {x.Shape} has its {Checks.Text(declared)} channels last; {remedy}");
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

    /// <summary>Checks that the kernel fits the padded images or sequences.</summary>
    public static void CheckWindow(VocabularyCall call)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        if (arguments.Flag("same", false) || arguments.Flag("causal", false)) return;
        Checks.Window(arguments, "kernel", call.Origin, "kernel", call.Input.Shape, arguments.Integer("kernel"), arguments.Integer("padding"),
            arguments.Integer("dilation", 1), mostPadding: int.MaxValue);
    }

    /// <summary>The images convolved with the weight [filters, channels/groups, kernel, kernel].</summary>
    public static Node Convolve(VocabularyCall call, Node images, Node weight, int groups)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        ConvolutionGeometry geometry = Geometry(arguments, groups);
        if (arguments.Flag("same", false))
        {
            long extent = ((long)geometry.DilationY * (arguments.Integer("kernel") - 1)) + 1;
            (images, int rows) = Pad(call.Graph, images, 2, SamePadding.Around(images.Shape[2].Value, extent, geometry.StrideY));
            (images, int columns) = Pad(call.Graph, images, 3, SamePadding.Around(images.Shape[3].Value, extent, geometry.StrideX));
            geometry = geometry with { PaddingY = rows, PaddingX = columns };
        }

        return call.Graph.Add(new Convolve(geometry), images, weight);
    }

    /// <summary>Zeros around an axis, as far as a convolution can't add them itself, and what it adds on each side.</summary>
    public static (Node Images, int Padding) Pad(GraphBuilder graph, Node images, int axis, (int Before, int After) sides)
    {
        int both = System.Math.Min(sides.Before, sides.After);
        return (graph.Pad(images, axis, sides.Before - both, sides.After - both), both);
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
