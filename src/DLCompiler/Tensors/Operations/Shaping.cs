using System;
using System.Linq;

namespace DLCompiler.Operations;

/// <summary>Operations that move elements without changing them.</summary>
internal static class Shaping
{
    public static DenseArray<T> Flatten<T>(DenseArray<T> x)
        where T : unmanaged
        => x.Rank == 0
            ? throw new ShapeMismatchException($"can't flatten {x.Shape}: Flatten keeps the batch axis, and a scalar has none. Use Reshape.")
            : x.WithShape(new TensorShape(x.Shape[0], x.Shape.Product(1, x.Rank)));

    public static DenseArray<T> Reshape<T>(DenseArray<T> x, int[] sizes)
        where T : unmanaged
    {
        string request = $"[{string.Join(", ", sizes)}]";
        int[] resolved = [.. sizes];
        int inferred = Array.IndexOf(resolved, -1);
        if (inferred >= 0)
        {
            resolved[inferred] = 1;
            if (resolved.Contains(-1))
            {
                throw new ShapeMismatchException($"can't reshape {x.Shape} to {request}: only one size can be inferred. Give the others.");
            }
            int known = new TensorShape(resolved).ElementCount;
            if (known == 0 || x.Shape.ElementCount % known != 0)
            {
                throw new ShapeMismatchException(
                    $"can't reshape {x.Shape} to {request}: {x.Shape.ElementCount} elements are no multiple of {known}, "
                    + $"so dimension {inferred} can't be inferred.");
            }

            resolved[inferred] = x.Shape.ElementCount / known;
        }

        var shape = new TensorShape(resolved);
        return shape.ElementCount == x.Shape.ElementCount
            ? x.WithShape(shape)
            : throw new ShapeMismatchException(
                $"can't reshape {x.Shape} to {request}: {x.Shape.ElementCount} elements are not {shape.ElementCount}. "
                + "Use -1 for the size that should be inferred.");
    }

    public static DenseArray<T> Transpose<T>(DenseArray<T> x, int axis1, int axis2)
        where T : unmanaged
    {
        int first = x.Shape.ResolveAxis(axis1, "transpose"), second = x.Shape.ResolveAxis(axis2, "transpose");
        int[] axes = [.. Enumerable.Range(0, x.Rank)];
        (axes[first], axes[second]) = (second, first);
        return Permute(x, axes);
    }

    public static DenseArray<T> Permute<T>(DenseArray<T> x, int[] axes)
        where T : unmanaged
    {
        int[] resolved = Array.ConvertAll(axes, axis => x.Shape.ResolveAxis(axis, "permute"));
        if (resolved.Length != x.Rank || resolved.Distinct().Count() != x.Rank)
        {
            throw new ShapeMismatchException($"can't permute {x.Shape} by [{string.Join(", ", axes)}]: name each of its {x.Rank} axes once.");
        }

        int[] strides = x.Shape.Strides();
        var result = new DenseArray<T>(new TensorShape(Array.ConvertAll(resolved, axis => x.Shape[axis])));
        int[] resultStrides = result.Shape.Strides();
        for (int index = 0; index < result.Elements.Length; index++)
        {
            int offset = 0;
            for (int axis = 0; axis < x.Rank; axis++) offset += index / resultStrides[axis] % result.Shape[axis] * strides[resolved[axis]];
            result.Elements[index] = x.Elements[offset];
        }

        return result;
    }

    public static DenseArray<T> Slice<T>(DenseArray<T> x, int axis, int start, int length)
        where T : unmanaged
    {
        int resolved = x.Shape.ResolveAxis(axis, "slice"), size = x.Shape[resolved];
        if (start < 0 || length < 0 || start > size - length)
        {
            throw new ShapeMismatchException($"can't take {length} elements from {start} on along axis {resolved} of {x.Shape}: the axis has {size}.");
        }

        var result = new DenseArray<T>(x.Shape.With(resolved, length));
        int inner = x.Shape.Product(resolved + 1, x.Rank), outer = x.Shape.Product(0, resolved);
        for (int block = 0; block < outer; block++)
        {
            Array.Copy(x.Elements, ((block * size) + start) * inner, result.Elements, block * length * inner, length * inner);
        }

        return result;
    }

    public static DenseArray<T> Concat<T>(int axis, DenseArray<T>[] parts)
        where T : unmanaged
    {
        if (parts.Length == 0) throw new ArgumentException("Concat takes at least one tensor.", nameof(parts));
        var first = parts[0].Shape;
        int resolved = first.ResolveAxis(axis, "concatenate");
        foreach (var part in parts) CheckJoins(first, part.Shape, resolved);

        var result = new DenseArray<T>(first.With(resolved, parts.Sum(part => part.Shape[resolved])));
        int outer = first.Product(0, resolved), position = 0;
        for (int block = 0; block < outer; block++)
        {
            foreach (var part in parts)
            {
                int run = part.Shape.Product(resolved, part.Rank);
                Array.Copy(part.Elements, block * run, result.Elements, position, run);
                position += run;
            }
        }

        return result;
    }

    private static void CheckJoins(TensorShape first, TensorShape other, int joined)
    {
        if (first.Rank != other.Rank)
        {
            throw new ShapeMismatchException($"can't concatenate {first} and {other}: one has {first.Rank} axes, the other {other.Rank}. Reshape one of them.");
        }

        for (int axis = 0; axis < first.Rank; axis++)
        {
            if (axis != joined && first[axis] != other[axis])
            {
                throw new ShapeMismatchException(
                    $"can't concatenate {first} and {other} along axis {joined}: "
                    + $"dimension {axis} is {first[axis]} in the first and {other[axis]} in the other. Only dimension {joined} may differ.");
            }
        }
    }
}
