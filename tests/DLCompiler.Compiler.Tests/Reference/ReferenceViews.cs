using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Operators that only move elements.</summary>
internal static class ReferenceViews
{
    public static ReferenceTensor Broadcast(Broadcast broadcast, ReferenceTensor input, int[] shape) =>
        ReferenceTensor.Generate(shape, index => input[[.. broadcast.Axes.Select((place, axis) => input.Shape[axis] == 1 ? 0 : index[place])]]);

    public static ReferenceTensor Permute(Permute permute, ReferenceTensor input) =>
        ReferenceTensor.Generate([.. permute.Axes.Select(axis => input.Shape[axis])], index =>
        {
            var source = new int[index.Length];
            for (int i = 0; i < index.Length; i++) source[permute.Axes[i]] = index[i];
            return input[source];
        });

    public static ReferenceTensor Slice(Slice slice, ReferenceTensor input) =>
        ReferenceTensor.Generate(With(input.Shape, slice.Axis, slice.Length), index =>
            input[With(index, slice.Axis, slice.Start + (index[slice.Axis] * slice.Step))]);

    public static ReferenceTensor Pad(Pad pad, ReferenceTensor input)
    {
        int size = input.Shape[pad.Axis];
        return ReferenceTensor.Generate(With(input.Shape, pad.Axis, size + pad.Before + pad.After), index =>
        {
            int place = index[pad.Axis] - pad.Before;
            return place >= 0 && place < size ? input[With(index, pad.Axis, place)] : 0;
        });
    }

    public static ReferenceTensor Concat(Concat concat, ReferenceTensor[] inputs) =>
        ReferenceTensor.Generate(With(inputs[0].Shape, concat.Axis, inputs.Sum(input => input.Shape[concat.Axis])), index =>
        {
            int place = index[concat.Axis], part = 0;
            while (place >= inputs[part].Shape[concat.Axis]) place -= inputs[part++].Shape[concat.Axis];
            return inputs[part][With(index, concat.Axis, place)];
        });

    public static ReferenceTensor Flip(Flip flip, ReferenceTensor input) =>
        ReferenceTensor.Generate(input.Shape, index => input[With(index, flip.Axis, input.Shape[flip.Axis] - 1 - index[flip.Axis])]);

    /// <summary>The array with another value at one place.</summary>
    public static int[] With(int[] array, int place, int value)
    {
        int[] copy = [.. array];
        copy[place] = value;
        return copy;
    }
}
