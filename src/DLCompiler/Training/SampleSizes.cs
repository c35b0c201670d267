using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>What the sizes of a model besides the batch are for a data set: they follow from the shape of its samples.</summary>
internal static class SampleSizes
{
    /// <summary>The sizes, in the order of the signature; null where the samples don't fit the input's shape.</summary>
    public static int[]? Of(TrainingSignature signature, IReadOnlyList<int> sample)
    {
        var sizes = new int[signature.Sizes.Length];
        int[] shape = signature.InputShape;
        if (sizes.Length == 0) return sizes;
        if (sample.Count == shape.Length)
        {
            for (int axis = 0; axis < shape.Length; axis++)
            {
                ref int size = ref sizes[shape[axis] < 0 ? -1 - shape[axis] : 0];
                if (shape[axis] >= 0 ? shape[axis] != sample[axis] : size != 0 && size != sample[axis]) return null;
                if (shape[axis] < 0) size = sample[axis];
            }

            return sizes;
        }

        // Of a flat sample, one unknown size follows from its length.
        if (shape.Count(size => size < 0) != 1) return null;
        long length = sample.Aggregate(1L, (product, size) => product * size);
        long known = shape.Where(size => size >= 0).Aggregate(1L, (product, size) => product * size);
        sizes[0] = known > 0 && length % known == 0 ? (int)(length / known) : 0;
        return sizes[0] > 0 ? sizes : null;
    }

    /// <summary>A shape with sizes in place of what stands for them.</summary>
    public static int[] Resolve(int[] shape, int[] sizes) => [.. shape.Select(size => size < 0 ? sizes[-1 - size] : size)];

    /// <summary>A shape as messages show it.</summary>
    public static string Text(TrainingSignature signature, int[] shape) => "["
        + string.Join(", ", shape.Select(size => size < 0 ? signature.Sizes[-1 - size].Symbol
            : size.ToString(System.Globalization.CultureInfo.InvariantCulture))) + "]";
}
