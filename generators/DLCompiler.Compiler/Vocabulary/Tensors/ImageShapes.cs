using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Layers;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>
/// Images [N, C, H, W] that become smaller or larger without weights, as methods and as attributes of chains: pools of whole images, zeros around them, parts
/// of them, pixels repeated, and channels as pixels.
/// </summary>
internal static class ImageShapes
{
    private static readonly (string Name, Action<ArgumentSet> Check, Func<VocabularyCall, ArgumentSet, Node> Lower)[] Kinds =
    [
        // Lin et al., "Network in network", 2013.
        ("GlobalAvgPool", _ => { }, (call, _) => call.Graph.Mean(call.Input, [2, 3])),
        ("GlobalMaxPool", _ => { }, (call, _) => call.Graph.ReduceMax(call.Input, [2, 3])),
        ("ZeroPad", arguments => CheckSides(arguments), ZeroPad),
        ("Crop", arguments => CheckSides(arguments), Crop),
        ("UpsampleNearest", arguments => Checks.AtLeast(arguments, "scale", 1), UpsampleNearest),
        ("UpsampleBilinear", arguments => Checks.AtLeast(arguments, "scale", 1), UpsampleBilinear),
        ("ResizeBilinear", CheckSizes, ResizeBilinear),
        ("PixelShuffle", arguments => Checks.AtLeast(arguments, "scale", 1), PixelShuffle),
    ];

    public static IEnumerable<Operation> Operations => Kinds.Select(kind => new Operation(
        Operation.Tensor, kind.Name, call => { kind.Check(call.Arguments); return Lower(call, call.Arguments, kind.Name, kind.Lower); }, HasRow: true));

    public static IEnumerable<LayerDefinition> Layers => Kinds.Select(kind => new LayerDefinition(
        $"DLCompiler.{kind.Name}", kind.Check, call => Lower(call, call.Layer.Arguments, kind.Name, kind.Lower), HasParameters: false));

    private static TensorValue Lower(VocabularyCall call, ArgumentSet arguments, string name, Func<VocabularyCall, ArgumentSet, Node> lower)
    {
        ImageInput.Check(call, name);
        return new TensorValue(lower(call, arguments));
    }

    private static void CheckSides(ArgumentSet arguments)
    {
        foreach (string side in new[] { "top", "bottom", "left", "right" }) Checks.AtLeast(arguments, side, 0);
    }

    private static (int Top, int Bottom, int Left, int Right) Sides(ArgumentSet arguments) =>
        (arguments.Integer("top"), arguments.Integer("bottom"), arguments.Integer("left"), arguments.Integer("right"));

    private static Node ZeroPad(VocabularyCall call, ArgumentSet arguments)
    {
        (int top, int bottom, int left, int right) = Sides(arguments);
        return call.Graph.Pad(call.Graph.Pad(call.Input, 2, top, bottom), 3, left, right);
    }

    private static Node Crop(VocabularyCall call, ArgumentSet arguments)
    {
        (int top, int bottom, int left, int right) = Sides(arguments);
        Shape shape = call.Input.Shape;
        long height = shape[2].Value - top - bottom, width = shape[3].Value - left - right;
        if (height < 1 || width < 1)
        {
            (string name, string what, long size, long taken) = height < 1
                ? ("bottom", "rows", shape[2].Value, (long)top + bottom)
                : ("right", "columns", shape[3].Value, (long)left + right);
            throw new VocabularyError(
                DiagnosticIds.InvalidArgument,
                arguments.OriginOf(name),
                $"Crop takes {Checks.Text(taken)} of the {Checks.Text(size)} {what} of {shape}, and none are left; take at most {Checks.Text(size - 1)}",
                call.Origin == arguments.Origin ? [] : [call.Origin]);
        }

        return call.Graph.Slice(call.Graph.Slice(call.Input, 2, top, (int)height), 3, left, (int)width);
    }

    // Each pixel is scale rows and columns: new axes that are repeated, and merged.
    private static Node UpsampleNearest(VocabularyCall call, ArgumentSet arguments)
    {
        Shape shape = call.Input.Shape;
        int scale = arguments.Integer("scale");
        if (scale == 1) return call.Input;
        Node repeated = call.Graph.BroadcastAlong(call.Input, new Shape(shape[0], shape[1], shape[2], scale, shape[3], scale), [0, 1, 2, 4]);
        return call.Graph.Reshape(repeated, new Shape(shape[0], shape[1], shape[2] * scale, shape[3] * scale));
    }

    private static Node UpsampleBilinear(VocabularyCall call, ArgumentSet arguments)
    {
        long scale = arguments.Integer("scale");
        return Interpolation.Linear(call.Graph, call.Input, call.Input.Shape[2].Value * scale, call.Input.Shape[3].Value * scale);
    }

    private static void CheckSizes(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "height", 1);
        Checks.Optional(arguments, "width");
    }

    private static Node ResizeBilinear(VocabularyCall call, ArgumentSet arguments)
    {
        int height = arguments.Integer("height"), width = arguments.Integer("width");
        return Interpolation.Linear(call.Graph, call.Input, height, width == 0 ? height : width);
    }

    // Shi et al. 2016: channel c·r² + i·r + j becomes the pixel (i, j) of a block of channel c.
    private static Node PixelShuffle(VocabularyCall call, ArgumentSet arguments)
    {
        Shape shape = call.Input.Shape;
        int scale = arguments.Integer("scale");
        long channels = shape[1].Value, block = (long)scale * scale;
        if (channels % block != 0)
        {
            throw new VocabularyError(
                DiagnosticIds.Divisibility,
                arguments.OriginOf("scale"),
                $"PixelShuffle makes {Checks.Text(scale)}×{Checks.Text(scale)} pixels of {Checks.Text(block)} channels, and {shape} has "
                    + $"{Checks.Text(channels)}; give it a multiple of {Checks.Text(block)}, such as {Checks.Text(((channels / block) + 1) * block)}",
                call.Origin == arguments.Origin ? [] : [call.Origin]);
        }

        Node apart = call.Graph.Reshape(call.Input, new Shape(shape[0], channels / block, scale, scale, shape[2], shape[3]));
        return call.Graph.Reshape(
            call.Graph.Permute(apart, [0, 1, 4, 2, 5, 3]), new Shape(shape[0], channels / block, shape[2] * scale, shape[3] * scale));
    }
}
