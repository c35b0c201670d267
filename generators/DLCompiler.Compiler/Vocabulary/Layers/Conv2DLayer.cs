using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>Conv2D(filters, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, input = 0, initializer)</c>: cross-correlation of images
/// [N, C, H, W] with W [filters, C/groups, kernel, kernel], plus b [filters]. Each side becomes ⌊(H + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1.
/// </summary>
internal static class Conv2DLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.Conv2D", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "filters", 1);
        Checks.AtLeast(arguments, "kernel", 1);
        Checks.AtLeast(arguments, "stride", 1, 1);
        Checks.AtLeast(arguments, "padding", 0);
        Checks.AtLeast(arguments, "dilation", 1, 1);
        Checks.AtLeast(arguments, "groups", 1, 1);
        Checks.Optional(arguments, "input");
        int groups = arguments.Integer("groups", 1), filters = arguments.Integer("filters");
        if (filters % groups != 0)
        {
            throw new VocabularyError(
                DiagnosticIds.Divisibility,
                arguments.OriginOf("groups"),
                $"{Checks.Text(groups)} groups do not divide {Checks.Count(filters, "filter", "filters")}; use {Checks.CommonDivisors(filters, filters)}")
            {
                Properties = Checks.Divisor("groups", groups, filters, filters),
            };
        }
    }

    private static object Forward(VocabularyCall call)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        Node x = call.Input;
        ImageInput.Check(call, call.Layer.Quoted);
        int filters = arguments.Integer("filters"), kernel = arguments.Integer("kernel"), groups = arguments.Integer("groups", 1);
        int stride = arguments.Integer("stride", 1), padding = arguments.Integer("padding"), dilation = arguments.Integer("dilation", 1);
        long channels = x.Shape[1].Value;
        int declared = arguments.Integer("input");
        if (declared != 0 && declared != channels)
        {
            if (x.Shape[3].Value == declared)
            {
                throw call.ErrorAtInput(
                    DiagnosticIds.WrongRank,
                    $"{call.Layer.Quoted} expects images [N, channels, height, width], but {x.Shape} has its {Checks.Text(declared)} channels last; "
                        + "Permute(0, 3, 1, 2) before");
            }

            throw call.WrongInputSize("input", "input channels", declared, channels, x.Shape.ToString());
        }

        if (channels % groups != 0)
        {
            throw call.ErrorAtLayer(
                DiagnosticIds.Divisibility,
                "groups",
                $"{Checks.Text(groups)} groups do not divide {Checks.Count(channels, "input channel", "input channels")} ({x.Shape}); "
                    + $"use {Checks.CommonDivisors(channels, filters)}",
                Checks.Divisor("groups", groups, channels, filters));
        }

        ImageInput.CheckOrder(call);
        Checks.Window(arguments, "kernel", call.Origin, "kernel", x.Shape, kernel, padding, dilation, mostPadding: int.MaxValue);
        call.BindInput(channels, "input channels", x.Shape);
        long fanIn = channels / groups * kernel * kernel, fanOut = (long)filters * kernel * kernel;
        Node weight = call.Parameter(
            "weight", new Shape(filters, channels / groups, kernel, kernel), Initializers.Weights(arguments, InitializerKind.UniformFanIn), fanIn, fanOut);
        Node y = call.Graph.Add(new Convolve(new ConvolutionGeometry(stride, stride, padding, padding, dilation, dilation, groups)), x, weight);
        if (arguments.Flag("bias", true))
        {
            Node bias = call.Parameter("bias", new Shape(filters), Initializers.Biases(arguments), fanIn, fanOut);
            y = call.Graph.Map(Building.X + Building.Y, y, call.Graph.BroadcastAlong(bias, y.Shape, [1]));
        }

        return new TensorValue(y);
    }
}
