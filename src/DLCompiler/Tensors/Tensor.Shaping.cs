using System;
using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>Joins tensors along an axis.</summary>
    /// <param name="axis">The axis whose sizes add up; −1 is the innermost.</param>
    /// <param name="tensors">At least one; their other sizes are equal.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or other sizes differ.</exception>
    public static Tensor Concat(int axis, params Tensor[] tensors) => new(Shaping.Concat(axis, Array.ConvertAll(tensors, tensor => tensor.Values)));

    /// <summary>All axes after the first as one: [N, C, H, W] → [N, C·H·W].</summary>
    /// <exception cref="ShapeMismatchException">The tensor is a scalar.</exception>
    public Tensor Flatten() => new(Shaping.Flatten(Values));

    /// <summary>The same elements, in row-major order, in another shape.</summary>
    /// <param name="sizes">All sizes, that of the batch axis, <c>x.Shape[0]</c>, included; −1, at most once, is inferred from the others.</param>
    /// <exception cref="ShapeMismatchException">The number of elements differs, or −1 can't be inferred.</exception>
    public Tensor Reshape(params int[] sizes) => new(Shaping.Reshape(Values, sizes));

    /// <summary>Swaps two axes.</summary>
    /// <param name="axis1">One axis; −1 is the innermost.</param>
    /// <param name="axis2">The other.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Transpose(int axis1, int axis2) => new(Shaping.Transpose(Values, axis1, axis2));

    /// <summary>Reorders the axes: axis i of the result is axis <c>axes[i]</c> of this tensor.</summary>
    /// <param name="axes">Every axis once.</param>
    /// <exception cref="ShapeMismatchException">An axis is missing, repeated or doesn't exist.</exception>
    public Tensor Permute(params int[] axes) => new(Shaping.Permute(Values, axes));

    /// <summary>Part of an axis. PyTorch: <c>narrow</c>, and slices with a step.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="start">The first index, from 0.</param>
    /// <param name="length">How many.</param>
    /// <param name="step">From one to the next.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or the part reaches beyond it.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">The step is less than 1.</exception>
    public Tensor Slice(int axis, int start, int length, int step = 1) => new(Rearranging.Steps(Values, axis, start, length, step));
}
