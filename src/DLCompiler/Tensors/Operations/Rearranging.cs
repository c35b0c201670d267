using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Operations;

/// <summary>Parts of tensors taken, joined, repeated and turned.</summary>
internal static class Rearranging
{
    public static DenseArray<T> Slice<T>(DenseArray<T> x, AxisIndex[] slices)
        where T : unmanaged
    {
        if (slices.Length > x.Rank) throw new ShapeMismatchException($"{slices.Length} indices for {x.Shape}, which has {x.Rank} axes: leave some out.");
        var result = x;
        var kept = new List<int>();
        for (int axis = 0; axis < x.Rank; axis++)
        {
            var range = axis < slices.Length ? slices[axis].Range : Range.All;
            int size = x.Shape[axis], start = range.Start.GetOffset(size), end = range.End.GetOffset(size);
            if (start < 0 || end > size || start > end)
                throw new ShapeMismatchException($"can't take {start}..{end} of dimension {axis} of {x.Shape}: it has {size} elements.");
            result = Shaping.Slice(result, axis, start, end - start);
            if (axis >= slices.Length || !slices[axis].IsSingle) kept.Add(end - start);
        }

        return result.WithShape(new TensorShape([.. kept]));
    }

    public static DenseArray<T> Steps<T>(DenseArray<T> x, int axis, int start, int length, int step)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        if (step == 1) return Shaping.Slice(x, axis, start, length);
        int resolved = x.Shape.ResolveAxis(axis, "slice"), size = x.Shape[resolved];
        if (start < 0 || length < 0 || (length > 0 && start + ((length - 1) * (long)step) >= size))
        {
            throw new ShapeMismatchException(
                $"can't take {length} elements from {start} on in steps of {step} along axis {resolved} of {x.Shape}: the axis has {size}.");
        }

        return Pick(x, resolved, [.. Enumerable.Range(0, length).Select(index => start + (index * step))]);
    }

    public static DenseArray<T> Unsqueeze<T>(DenseArray<T> x, int axis)
        where T : unmanaged
    {
        int place = axis < 0 ? axis + x.Rank + 1 : axis;
        if ((uint)place > (uint)x.Rank) throw new ShapeMismatchException($"axis {axis} is no place for a new axis of {x.Shape}: use 0 to {x.Rank}, or -1 for the last.");
        return x.WithShape(new TensorShape([.. x.Shape.AsSpan()[..place], 1, .. x.Shape.AsSpan()[place..]]));
    }

    public static DenseArray<T> Squeeze<T>(DenseArray<T> x, int axis)
        where T : unmanaged
    {
        int resolved = x.Shape.ResolveAxis(axis, "squeeze");
        return x.Shape[resolved] == 1
            ? x.WithShape(x.Shape.Without(resolved))
            : throw new ShapeMismatchException($"can't squeeze dimension {resolved} of {x.Shape}: it is {x.Shape[resolved]}, and only a size of 1 is removed.");
    }

    public static DenseArray<T> Stack<T>(int axis, DenseArray<T>[] parts)
        where T : unmanaged
    {
        if (parts.Length == 0) throw new ArgumentException("Stack takes at least one tensor.", nameof(parts));
        var other = parts.FirstOrDefault(part => part.Shape != parts[0].Shape);
        if (other is not null) throw new ShapeMismatchException($"can't stack {parts[0].Shape} and {other.Shape}: stacked tensors have equal shapes. Reshape one of them.");
        return Shaping.Concat(axis, Array.ConvertAll(parts, part => Unsqueeze(part, axis)));
    }

    public static DenseArray<T>[] Split<T>(DenseArray<T> x, int axis, int[] sizes)
        where T : unmanaged
    {
        int resolved = x.Shape.ResolveAxis(axis, "split"), start = 0;
        if (sizes.Any(size => size < 0) || sizes.Sum() != x.Shape[resolved])
        {
            throw new ShapeMismatchException(
                $"can't split dimension {resolved} of {x.Shape} into {string.Join(" + ", sizes)}: that is {sizes.Sum()}, not {x.Shape[resolved]}.");
        }

        return Array.ConvertAll(sizes, size => Shaping.Slice(x, resolved, (start += size) - size, size));
    }

    public static DenseArray<T>[] Chunk<T>(DenseArray<T> x, int axis, int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int size = x.Shape[x.Shape.ResolveAxis(axis, "split")], part = Math.Max(1, ((size - 1) / count) + 1);
        return Split(x, axis, size == 0 ? [0] : [.. Enumerable.Range(0, ((size - 1) / part) + 1).Select(index => Math.Min(part, size - (index * part)))]);
    }

    public static DenseArray<T> Expand<T>(DenseArray<T> x, int[] sizes)
        where T : unmanaged
    {
        int added = sizes.Length - x.Rank;
        int Own(int axis) => axis < added ? 1 : x.Shape[axis - added];
        int[] result = [.. sizes.Select((size, axis) => size == -1 && axis >= added ? Own(axis) : size)];
        if (added < 0 || Enumerable.Range(0, sizes.Length).Any(axis => Own(axis) != result[axis] && Own(axis) != 1))
            throw new ShapeMismatchException($"can't expand {x.Shape} to [{string.Join(", ", sizes)}]: only a size of 1 is repeated. Use Tile for others.");
        return Broadcasting.To(x, new TensorShape(result));
    }

    public static DenseArray<T> Tile<T>(DenseArray<T> x, int[] repeats)
        where T : unmanaged
    {
        int rank = Math.Max(repeats.Length, x.Rank);
        int[] counts = [.. Enumerable.Repeat(1, rank - repeats.Length), .. repeats];
        var result = x.WithShape(new TensorShape([.. Enumerable.Repeat(1, rank - x.Rank), .. x.Shape.AsSpan()]));
        for (int axis = 0; axis < rank; axis++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(counts[axis], 1, nameof(repeats));
            int size = result.Shape[axis];
            result = Pick(result, axis, [.. Enumerable.Range(0, size * counts[axis]).Select(index => index % size)]);
        }

        return result;
    }

    public static DenseArray<T> Repeat<T>(DenseArray<T> x, int axis, int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int resolved = x.Shape.ResolveAxis(axis, "repeat");
        return Pick(x, resolved, [.. Enumerable.Range(0, x.Shape[resolved] * count).Select(index => index / count)]);
    }

    public static DenseArray<T> Flip<T>(DenseArray<T> x, int axis)
        where T : unmanaged
    {
        int resolved = x.Shape.ResolveAxis(axis, "flip");
        return Pick(x, resolved, [.. Enumerable.Range(0, x.Shape[resolved]).Reverse()]);
    }

    public static DenseArray<T> Roll<T>(DenseArray<T> x, int axis, int shift)
        where T : unmanaged
    {
        int resolved = x.Shape.ResolveAxis(axis, "roll"), size = x.Shape[resolved];
        return Pick(x, resolved, [.. Enumerable.Range(0, size).Select(index => (((index - shift) % size) + size) % size)]);
    }

    public static DenseArray<T> Pad<T>(DenseArray<T> x, int axis, int before, int after, PadMode mode, T value)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        int resolved = x.Shape.ResolveAxis(axis, "pad"), size = x.Shape[resolved];
        if (mode == PadMode.Reflect && Math.Max(before, after) >= size)
            throw new ShapeMismatchException($"can't reflect {Math.Max(before, after)} elements of dimension {resolved} of {x.Shape}: at most {size - 1} can be.");
        return Lines.Map<T, T>(x, resolved, before + size + after, "pad", line =>
        {
            T At(int index) => mode switch
            {
                PadMode.Constant => (uint)index < (uint)size ? line[index] : value,
                PadMode.Replicate => line[Math.Clamp(index, 0, size - 1)],
                _ => line[index < 0 ? -index : index < size ? index : (2 * (size - 1)) - index],
            };

            return [.. Enumerable.Range(-before, before + size + after).Select(At)];
        });
    }

    public static DenseArray<T> Triangle<T>(DenseArray<T> x, int diagonal, bool lower)
        where T : unmanaged
    {
        if (x.Rank < 2) throw new ShapeMismatchException($"a triangle is one of matrices, and {x.Shape} has {x.Rank} axes. Reshape it.");
        var result = new DenseArray<T>(x.Shape, [.. x.Elements]);
        int columns = x.Shape[^1], rows = x.Shape[^2];
        for (int index = 0; index < result.Elements.Length; index++)
        {
            int distance = (index % columns) - (index / columns % rows);
            if (lower ? distance > diagonal : distance < diagonal) result.Elements[index] = default;
        }

        return result;
    }

    private static DenseArray<T> Pick<T>(DenseArray<T> x, int axis, int[] positions)
        where T : unmanaged
        => Lines.Map(x, axis, positions.Length, "pick", line => Array.ConvertAll(positions, position => line[position]));
}
