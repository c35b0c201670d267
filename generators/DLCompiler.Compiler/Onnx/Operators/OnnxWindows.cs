using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>How a window moves over the spatial axes of an image [N, C, …]: kernel, strides, dilations, and padding before and after on each axis.</summary>
internal sealed record OnnxWindows(
    IReadOnlyList<int> Kernel, IReadOnlyList<int> Strides, IReadOnlyList<int> Dilations, IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    /// <summary>The number of spatial axes.</summary>
    public int Rank => Kernel.Count;

    /// <summary>Whether padding is the same on both sides.</summary>
    public bool IsSymmetric => Before.SequenceEqual(After);

    /// <summary>Whether the elements of a window are neighbours.</summary>
    public bool IsDense => Dilations.All(dilation => dilation == 1);

    /// <summary>The size of a window with its gaps.</summary>
    public int Extent(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;

    /// <summary>The number of windows.</summary>
    public int Count(int size, int axis) => ((size + Before[axis] + After[axis] - Extent(axis)) / Strides[axis]) + 1;

    /// <summary>Reads the attributes of a convolution or pool.</summary>
    /// <param name="shape">The image.</param>
    /// <param name="kernel">The kernel's sizes where the weights say them.</param>
    public static OnnxWindows Read(OnnxCall call, Shape shape, IReadOnlyList<int>? kernel = null)
    {
        IReadOnlyList<int> sizes = call.Integers("kernel_shape") ?? kernel ?? throw call.Fail(OnnxProblem.Invalid, "has no kernel_shape");
        int rank = sizes.Count;
        int[] ones = [.. Enumerable.Repeat(1, rank)];
        IReadOnlyList<int> strides = call.Integers("strides") ?? ones, dilations = call.Integers("dilations") ?? ones;
        int[] pads = [.. call.Integers("pads") ?? Enumerable.Repeat(0, 2 * rank)];
        var windows = new OnnxWindows(sizes, strides, dilations, [.. pads.Take(rank)], [.. pads.Skip(rank)]);
        string padding = call.Text("auto_pad", "NOTSET");
        if (padding == "VALID") return windows with { Before = [.. ones.Select(_ => 0)], After = [.. ones.Select(_ => 0)] };
        if (padding != "NOTSET")
        {
            // As many windows as the strides alone would give.
            int[] all = [.. Enumerable.Range(0, rank).Select(axis =>
            {
                int size = call.Size(shape, axis + 2), count = (size + strides[axis] - 1) / strides[axis];
                return Math.Max(0, ((count - 1) * strides[axis]) + windows.Extent(axis) - size);
            })];
            int[] half = [.. all.Select(pad => pad / 2)], rest = [.. all.Select(pad => pad - (pad / 2))];
            windows = padding == "SAME_UPPER" ? windows with { Before = half, After = rest } : windows with { Before = rest, After = half };
        }

        return windows;
    }
}
