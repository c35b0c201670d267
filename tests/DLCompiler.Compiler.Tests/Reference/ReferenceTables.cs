using System;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Reading and adding rows of tables by number.</summary>
internal static class ReferenceTables
{
    public static ReferenceTensor Gather(ReferenceTensor table, ReferenceTensor ids) =>
        ReferenceTensor.Generate([.. ids.Shape, table.Shape[1]], index => table[(int)ids[index[..^1]], index[^1]]);

    public static ReferenceTensor ScatterAdd(ReferenceTensor ids, ReferenceTensor values, int[] table)
    {
        ReferenceTensor result = ReferenceTensor.Zeros(table);
        foreach (int[] index in ReferenceTensor.Indices(values.Shape)) result[(int)ids[index[..^1]], index[^1]] += values[index];
        return result;
    }

    public static ReferenceTensor UpdateSlice(UpdateSlice update, ReferenceTensor target, ReferenceTensor values, ReferenceTensor position)
    {
        int start = (int)position.Values[0];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + values.Shape[update.Axis], target.Shape[update.Axis]);
        return ReferenceTensor.Generate(target.Shape, index =>
        {
            int place = index[update.Axis] - start;
            return place >= 0 && place < values.Shape[update.Axis] ? values[ReferenceViews.With(index, update.Axis, place)] : target[index];
        });
    }

    public static ReferenceTensor SliceAt(SliceAt slice, ReferenceTensor input, ReferenceTensor position, int[] shape) =>
        ReferenceTensor.Generate(shape, index => input[ReferenceViews.With(index, slice.Axis, (int)position.Values[0] + index[slice.Axis])]);
}
