using System.Collections.Generic;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Pooling and its gradients.</summary>
internal static class ReferencePooling
{
    public static ReferenceTensor MaxPool(PoolGeometry geometry, ReferenceTensor input) =>
        ReferenceTensor.Generate(Pooled(geometry, input.Shape), index => Winner(geometry, input, index).Value);

    public static ReferenceTensor MaxPoolIndex(PoolGeometry geometry, ReferenceTensor input) =>
        ReferenceTensor.Generate(Pooled(geometry, input.Shape), index => Winner(geometry, input, index).Place);

    public static ReferenceTensor MaxPoolGradient(PoolGeometry geometry, ReferenceTensor index, ReferenceTensor gradient, int[] inputShape)
    {
        ReferenceTensor result = ReferenceTensor.Zeros(inputShape);
        foreach (int[] y in ReferenceTensor.Indices(gradient.Shape))
        {
            foreach ((int place, int[] x) in Window(geometry, inputShape, y))
            {
                if (place == (int)index[y]) result[x] += gradient[y];
            }
        }

        return result;
    }

    public static ReferenceTensor AveragePool(PoolGeometry geometry, ReferenceTensor input) =>
        ReferenceTensor.Generate(Pooled(geometry, input.Shape), index =>
        {
            double sum = 0;
            foreach ((_, int[] x) in Window(geometry, input.Shape, index)) sum += input[x];
            return sum / (geometry.KernelY * geometry.KernelX);
        });

    public static ReferenceTensor AveragePoolGradient(PoolGeometry geometry, ReferenceTensor gradient, int[] inputShape)
    {
        ReferenceTensor result = ReferenceTensor.Zeros(inputShape);
        foreach (int[] y in ReferenceTensor.Indices(gradient.Shape))
        {
            foreach ((_, int[] x) in Window(geometry, inputShape, y)) result[x] += gradient[y] / (geometry.KernelY * geometry.KernelX);
        }

        return result;
    }

    private static (int Place, double Value) Winner(PoolGeometry geometry, ReferenceTensor input, int[] index)
    {
        (int Place, double Value) best = (-1, double.NegativeInfinity);
        foreach ((int place, int[] x) in Window(geometry, input.Shape, index))
        {
            double value = input[x];
            if (best.Place < 0 || (!double.IsNaN(best.Value) && (value > best.Value || double.IsNaN(value)))) best = (place, value);
        }

        return best;
    }

    private static int[] Pooled(PoolGeometry geometry, int[] input) =>
    [
        input[0],
        input[1],
        ((input[2] + (2 * geometry.PaddingY) + geometry.ExtraY - geometry.KernelY) / geometry.StrideY) + 1,
        ((input[3] + (2 * geometry.PaddingX) + geometry.ExtraX - geometry.KernelX) / geometry.StrideX) + 1,
    ];

    /// <summary>The pixels of a window that lie within the input, with their place ky·KernelX + kx.</summary>
    private static IEnumerable<(int Place, int[] Index)> Window(PoolGeometry geometry, int[] input, int[] result)
    {
        for (int y = 0; y < geometry.KernelY; y++)
        {
            for (int x = 0; x < geometry.KernelX; x++)
            {
                int row = (result[2] * geometry.StrideY) + y - geometry.PaddingY, column = (result[3] * geometry.StrideX) + x - geometry.PaddingX;
                if (row >= 0 && row < input[2] && column >= 0 && column < input[3]) yield return ((y * geometry.KernelX) + x,
                    [result[0], result[1], row, column]);
            }
        }
    }
}
