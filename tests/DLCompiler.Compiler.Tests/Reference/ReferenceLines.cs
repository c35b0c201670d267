using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>What goes along the lines of an axis.</summary>
internal static class ReferenceLines
{
    public static ReferenceTensor Recur(Recurrence recurrence, ReferenceTensor[] inputs)
    {
        ReferenceTensor result = ReferenceTensor.Zeros(inputs[0].Shape);
        int size = result.Shape[recurrence.Axis];
        IEnumerable<int[]> indices = ReferenceTensor.Indices(result.Shape);
        foreach (int[] index in recurrence.Reverse ? indices.Reverse() : indices)
        {
            int place = index[recurrence.Axis], before = recurrence.Reverse ? place + 1 : place - 1;
            double value = inputs[0][index];
            if (before >= 0 && before < size)
                value += (inputs.Length > 1 ? inputs[1][index] : 1) * result[ReferenceViews.With(index, recurrence.Axis, before)];
            result[index] = value;
        }

        return result;
    }

    public static ReferenceTensor Take(int axis, ReferenceTensor x, ReferenceTensor ids, int[] shape) =>
        ReferenceTensor.Generate(shape, index => x[ReferenceViews.With(index, axis, Id(ids, index))]);

    public static ReferenceTensor Add(int axis, ReferenceTensor ids, ReferenceTensor values, int[] shape)
    {
        ReferenceTensor result = ReferenceTensor.Zeros(shape);
        foreach (int[] index in ReferenceTensor.Indices(values.Shape)) result[ReferenceViews.With(index, axis, Id(ids, index))] += values[index];
        return result;
    }

    public static ReferenceTensor Sort(ArgSort sort, ReferenceTensor x, int[] shape) => ReferenceTensor.Generate(shape, index =>
    {
        double At(int place) => x[ReferenceViews.With(index, sort.Axis, place)];
        IEnumerable<int> places = Enumerable.Range(0, x.Shape[sort.Axis]);
        IOrderedEnumerable<int> ordered = sort.Descending
            ? places.OrderByDescending(place => double.IsNaN(At(place))).ThenByDescending(At)
            : places.OrderBy(place => double.IsNaN(At(place))).ThenBy(At);
        return ordered.ThenBy(place => place).ElementAt(index[sort.Axis]);
    });

    // Axes of size 1 are shared.
    private static int Id(ReferenceTensor ids, int[] index) => (int)ids[[.. index.Select((place, axis) => ids.Shape[axis] == 1 ? 0 : place)]];
}
