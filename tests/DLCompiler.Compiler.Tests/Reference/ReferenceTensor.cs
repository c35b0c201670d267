using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>A tensor of known sizes, row-major in double precision whatever the graph's element type (integers and truth values as numbers).</summary>
/// <param name="Shape">The size of each axis.</param>
/// <param name="Values">The elements.</param>
public sealed record ReferenceTensor(int[] Shape, double[] Values)
{
    /// <summary>A tensor whose elements follow from their index.</summary>
    public static ReferenceTensor Generate(int[] shape, Func<int[], double> element)
    {
        var values = new double[Count(shape)];
        int position = 0;
        foreach (int[] index in Indices(shape)) values[position++] = element(index);
        return new ReferenceTensor(shape, values);
    }

    /// <summary>A tensor of zeros.</summary>
    public static ReferenceTensor Zeros(params int[] shape) => new(shape, new double[Count(shape)]);

    /// <summary>A single number.</summary>
    public static ReferenceTensor Scalar(double value) => new([], [value]);

    /// <summary>The number of axes.</summary>
    public int Rank => Shape.Length;

    /// <summary>One element.</summary>
    public double this[params int[] index]
    {
        get => Values[Position(index)];
        set => Values[Position(index)] = value;
    }

    /// <summary>All indices of a shape in row-major order; each an array of its own.</summary>
    public static IEnumerable<int[]> Indices(int[] shape)
    {
        int count = Count(shape);
        for (int position = 0; position < count; position++)
        {
            var index = new int[shape.Length];
            for (int axis = shape.Length - 1, rest = position; axis >= 0; axis--)
            {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            yield return index;
        }
    }

    /// <summary>The number of elements of a shape.</summary>
    public static int Count(int[] shape) => shape.Aggregate(1, (product, size) => product * size);

    private int Position(int[] index)
    {
        int position = 0;
        for (int axis = 0; axis < Shape.Length; axis++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index[axis]);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index[axis], Shape[axis]);
            position = (position * Shape[axis]) + index[axis];
        }

        return position;
    }
}
