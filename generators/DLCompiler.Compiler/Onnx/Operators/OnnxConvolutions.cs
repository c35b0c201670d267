using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Convolutions over one and two axes, and their transposes. One axis is an image of one row.</summary>
internal static class OnnxConvolutions
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Conv"] = Convolve,
        ["ConvTranspose"] = Transpose,
    };

    private static IReadOnlyList<OnnxValue> Convolve(OnnxCall call)
    {
        (Node x, Node weight) = (call.Node(0), call.Node(1));
        OnnxWindows windows = OnnxWindows.Read(call, x.Shape, Kernel(call, weight));
        if (!windows.IsSymmetric)
        {
            for (int axis = 0; axis < windows.Rank; axis++) x = call.Graph.Pad(x, axis + 2, windows.Before[axis], windows.After[axis]);
            int[] none = [.. windows.Before.Select(_ => 0)];
            windows = windows with { Before = none, After = none };
        }

        Node result = call.Graph.Add(new Convolve(Geometry(call, windows)), AsImage(call, x), AsImage(call, weight));
        return [Biased(call, FromImage(call, result, windows.Rank))];
    }

    private static IReadOnlyList<OnnxValue> Transpose(OnnxCall call)
    {
        (Node x, Node weight) = (call.Node(0), call.Node(1));
        int rank = x.Shape.Rank - 2;
        OnnxWindows windows = OnnxWindows.Read(call, x.Shape, Kernel(call, weight));
        int groups = (int)call.Integer("group", 1);
        IReadOnlyList<int> extra = call.Integers("output_padding") ?? [.. Enumerable.Repeat(0, rank)];
        IReadOnlyList<int>? sizes = call.Integers("output_shape");
        string padding = call.Text("auto_pad", "NOTSET");
        int[] before = new int[rank], after = new int[rank], full = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            // Without any padding; then cut on both sides.
            full[axis] = (windows.Strides[axis] * (call.Size(x.Shape, axis + 2) - 1)) + windows.Extent(axis) + extra[axis];
            (before[axis], after[axis]) = (windows.Before[axis], windows.After[axis]);
            int? wanted = sizes?[axis] ?? (padding is "SAME_UPPER" or "SAME_LOWER" ? call.Size(x.Shape, axis + 2) * windows.Strides[axis] : null);
            if (wanted is not { } size) continue;
            int cut = full[axis] - size;
            int half = (int)Math.Floor(cut / 2.0);
            before[axis] = padding == "SAME_UPPER" ? half : cut - half;
            after[axis] = cut - before[axis];
        }

        int[] none = new int[rank];
        OnnxWindows plain = windows with { Before = none, After = none };
        bool oneRow = rank == 1;
        Dimension[] image = [x.Shape[0], weight.Shape[1] * groups, .. oneRow ? new Dimension[] { 1, full[0] } : [.. full.Select(size => (Dimension)size)]];
        Node result = call.Graph.Add(new ConvolveInputGradient(Geometry(call, plain), new Shape(image)), AsImage(call, x), AsImage(call, weight));
        result = FromImage(call, result, rank);
        for (int axis = 0; axis < rank; axis++)
        {
            // What is cut from less than nothing is added.
            result = call.Graph.Pad(result, axis + 2, Math.Max(0, -before[axis]), Math.Max(0, -after[axis]));
            int size = full[axis] - before[axis] - after[axis];
            result = call.Graph.Slice(result, axis + 2, Math.Max(0, before[axis]), size);
        }

        return [Biased(call, result)];
    }

    private static int[] Kernel(OnnxCall call, Node weight) => [.. Enumerable.Range(2, weight.Shape.Rank - 2).Select(axis => call.Size(weight.Shape, axis))];

    private static ConvolutionGeometry Geometry(OnnxCall call, OnnxWindows windows)
    {
        int groups = (int)call.Integer("group", 1);
        return windows.Rank switch
        {
            1 => new ConvolutionGeometry(1, windows.Strides[0], 0, windows.Before[0], 1, windows.Dilations[0], groups),
            2 => new ConvolutionGeometry(
                windows.Strides[0], windows.Strides[1], windows.Before[0], windows.Before[1], windows.Dilations[0], windows.Dilations[1], groups),
            _ => throw call.Fail(OnnxProblem.Form, $"moves over {windows.Rank} axes: convolutions have one or two"),
        };
    }

    private static Node AsImage(OnnxCall call, Node x) => x.Shape.Rank != 3 ? x : call.Graph.Reshape(x, new Shape(x.Shape.Dimensions.Insert(2, Dimension.One)));

    private static Node FromImage(OnnxCall call, Node x, int rank) => rank != 1 ? x : call.Graph.Reshape(x, new Shape(x.Shape.Dimensions.RemoveAt(2)));

    private static Node Biased(OnnxCall call, Node x) => call.Has(2) ? call.Graph.Add(x, call.Graph.BroadcastAlong(call.Node(2), x.Shape, [1])) : x;
}
