using System;
using System.Linq;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>What goes along the lines of some axes: reductions, cumulative sums, orders, elements by number.</summary>
internal static class Lines
{
    /// <summary>Calls a function with the elements along some axes (all where none is named) and collects its results.</summary>
    public static DenseArray<TResult> Reduce<T, TResult>(DenseArray<T> x, int[]? axes, bool keepDimensions, string operation, Func<T[], TResult> reduce)
        where T : unmanaged
        where TResult : unmanaged
    {
        int[] reduced = axes is null ? [.. Enumerable.Range(0, x.Rank)] : Array.ConvertAll(axes, axis => x.Shape.ResolveAxis(axis, operation));
        if (reduced.Distinct().Count() != reduced.Length)
            throw new ShapeMismatchException($"can't {operation} along the axes [{string.Join(", ", axes!)}] of {x.Shape}: name each axis once.");
        int[] kept = [.. Enumerable.Range(0, x.Rank).Except(reduced)];
        T[] elements = Shaping.Permute(x, [.. kept, .. reduced]).Elements;
        var shape = new TensorShape(keepDimensions
            ? [.. Enumerable.Range(0, x.Rank).Select(axis => reduced.Contains(axis) ? 1 : x.Shape[axis])]
            : Array.ConvertAll(kept, axis => x.Shape[axis]));
        var result = new DenseArray<TResult>(shape);
        int length = reduced.Aggregate(1, (product, axis) => product * x.Shape[axis]);
        for (int line = 0; line < result.Elements.Length; line++) result.Elements[line] = reduce(elements[(line * length)..((line + 1) * length)]);
        return result;
    }

    /// <summary>Replaces each line along an axis by a function of it, as long as it likes.</summary>
    public static DenseArray<TResult> Map<T, TResult>(DenseArray<T> x, int axis, int length, string operation, Func<T[], TResult[]> function)
        where T : unmanaged
        where TResult : unmanaged
    {
        int resolved = x.Shape.ResolveAxis(axis, operation), size = x.Shape[resolved], inner = x.Shape.Product(resolved + 1, x.Rank);
        var result = new DenseArray<TResult>(x.Shape.With(resolved, length));
        for (int line = 0; line < x.Shape.Product(0, resolved) * inner; line++)
        {
            int outer = line / inner, place = line % inner;
            TResult[] mapped = function([.. Enumerable.Range(0, size).Select(position => x.Elements[(((outer * size) + position) * inner) + place])]);
            for (int position = 0; position < length; position++) result.Elements[(((outer * length) + position) * inner) + place] = mapped[position];
        }

        return result;
    }

    /// <summary>The positions of a line's elements in the order of their values: stable, NaN the largest.</summary>
    public static int[] Order<T>(T[] line, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int Compare(int first, int second)
        {
            T a = line[first], b = line[second];
            int order = T.IsNaN(a) || T.IsNaN(b) ? T.IsNaN(a).CompareTo(T.IsNaN(b)) : a.CompareTo(b);
            return order == 0 ? first.CompareTo(second) : descending ? -order : order;
        }

        int[] positions = [.. Enumerable.Range(0, line.Length)];
        Array.Sort(positions, Compare);
        return positions;
    }

    /// <summary>Elements along an axis by number: the ids have the shape of the result.</summary>
    public static DenseArray<T> Take<T>(DenseArray<T> x, int axis, DenseArray<int> ids)
        where T : unmanaged
    {
        int resolved = x.Shape.ResolveAxis(axis, "gather");
        var result = new DenseArray<T>(ids.Shape);
        Visit(x.Shape, resolved, ids, (source, target) => result.Elements[target] = x.Elements[source]);
        return result;
    }

    /// <summary>Adds values to the elements along an axis by number.</summary>
    public static DenseArray<T> Add<T>(DenseArray<T> x, int axis, DenseArray<int> ids, DenseArray<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int resolved = x.Shape.ResolveAxis(axis, "scatter");
        if (values.Shape != ids.Shape)
            throw new ShapeMismatchException($"can't scatter values {values.Shape} by ids {ids.Shape}: give one value for each id.");
        var result = new DenseArray<T>(x.Shape, [.. x.Elements]);
        Visit(x.Shape, resolved, ids, (target, source) => result.Elements[target] += values.Elements[source]);
        return result;
    }

    /// <summary>The same positions of an axis for all lines.</summary>
    public static DenseArray<T> Select<T>(DenseArray<T> x, int axis, DenseArray<int> ids)
        where T : unmanaged
    {
        if (ids.Rank != 1) throw new ShapeMismatchException($"can't select by ids {ids.Shape}: they are a vector. Reshape them, or use Gather.");
        int resolved = x.Shape.ResolveAxis(axis, "select"), size = x.Shape[resolved];
        foreach (int id in ids.Elements) Check(id, size, resolved, x.Shape);
        return Map(x, resolved, ids.Elements.Length, "select", line => Array.ConvertAll(ids.Elements, id => line[id]));
    }

    private static void Visit(TensorShape shape, int axis, DenseArray<int> ids, Action<int, int> pair)
    {
        if (ids.Rank != shape.Rank || ids.Shape.With(axis, shape[axis]) != shape)
            throw new ShapeMismatchException($"the ids {ids.Shape} don't fit {shape}: only dimension {axis} may differ.");
        int inner = shape.Product(axis + 1, shape.Rank), count = ids.Shape[axis];
        for (int index = 0; index < ids.Elements.Length; index++)
        {
            Check(ids.Elements[index], shape[axis], axis, shape);
            int outer = index / (count * inner);
            pair((((outer * shape[axis]) + ids.Elements[index]) * inner) + (index % inner), index);
        }
    }

    private static void Check(int id, int size, int axis, TensorShape shape)
    {
        if ((uint)id >= (uint)size)
            throw new ArgumentOutOfRangeException(nameof(id), id, $"dimension {axis} of {shape} has elements 0 to {size - 1}.");
    }

    public static DenseArray<T> CumSum<T>(DenseArray<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Accumulate(x, axis, "sum", (sum, value) => sum + value);

    public static DenseArray<T> CumProd<T>(DenseArray<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Accumulate(x, axis, "multiply", (product, value) => product * value);

    public static DenseArray<int> ArgSort<T>(DenseArray<T> x, int axis, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, axis, x.Shape[x.Shape.ResolveAxis(axis, "sort")], "sort", line => Order(line, descending));

    public static DenseArray<T> Sort<T>(DenseArray<T> x, int axis, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Take(x, axis, ArgSort(x, axis, descending));

    /// <summary>The first elements in their order, and their positions.</summary>
    public static (DenseArray<T> Values, DenseArray<int> Order) First<T>(DenseArray<T> x, int count, int axis, bool largest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = x.Shape[x.Shape.ResolveAxis(axis, "order")];
        if (count < 0 || count > size) throw new ArgumentOutOfRangeException(nameof(count), count, $"the axis has {size} elements.");
        var order = Map(x, axis, count, "order", line => Order(line, largest)[..count]);
        return (Take(x, axis, order), order);
    }

    private static DenseArray<T> Accumulate<T>(DenseArray<T> x, int axis, string operation, Func<double, double, double> combine)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, axis, x.Shape[x.Shape.ResolveAxis(axis, operation)], operation, line =>
        {
            var result = new T[line.Length];
            double total = 0;
            for (int index = 0; index < line.Length; index++)
            {
                double value = double.CreateTruncating(line[index]);
                total = index == 0 ? value : combine(total, value);
                result[index] = T.CreateTruncating(total);
            }

            return result;
        });
}
