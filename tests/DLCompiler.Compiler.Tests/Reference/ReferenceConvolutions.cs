using System;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Convolutions and their gradients: one walk over all products of an input and a weight, three ways to use it.</summary>
internal static class ReferenceConvolutions
{
    public static ReferenceTensor Convolve(ConvolutionGeometry geometry, ReferenceTensor input, ReferenceTensor weight)
    {
        int Count(int size, int kernel, int stride, int padding, int dilation) => ((size + (2 * padding) - (dilation * (kernel - 1)) - 1) / stride) + 1;
        ReferenceTensor result = ReferenceTensor.Zeros(
            input.Shape[0],
            weight.Shape[0],
            Count(input.Shape[2], weight.Shape[2], geometry.StrideY, geometry.PaddingY, geometry.DilationY),
            Count(input.Shape[3], weight.Shape[3], geometry.StrideX, geometry.PaddingX, geometry.DilationX));
        Walk(geometry, input.Shape, weight.Shape, result.Shape, (x, w, y) => result[y] += input[x] * weight[w]);
        return result;
    }

    public static ReferenceTensor InputGradient(ConvolutionGeometry geometry, ReferenceTensor gradient, ReferenceTensor weight, int[] inputShape)
    {
        ReferenceTensor result = ReferenceTensor.Zeros(inputShape);
        Walk(geometry, inputShape, weight.Shape, gradient.Shape, (x, w, y) => result[x] += gradient[y] * weight[w]);
        return result;
    }

    public static ReferenceTensor WeightGradient(ConvolutionGeometry geometry, ReferenceTensor input, ReferenceTensor gradient, int[] weightShape)
    {
        ReferenceTensor result = ReferenceTensor.Zeros(weightShape);
        Walk(geometry, input.Shape, weightShape, gradient.Shape, (x, w, y) => result[w] += input[x] * gradient[y]);
        return result;
    }

    private static void Walk(ConvolutionGeometry geometry, int[] input, int[] weight, int[] result, Action<int[], int[], int[]> product)
    {
        int filtersPerGroup = weight[0] / geometry.Groups;
        foreach (int[] y in ReferenceTensor.Indices(result))
        {
            foreach (int[] kernel in ReferenceTensor.Indices(weight[1..]))
            {
                int row = (y[2] * geometry.StrideY) + (kernel[1] * geometry.DilationY) - geometry.PaddingY;
                int column = (y[3] * geometry.StrideX) + (kernel[2] * geometry.DilationX) - geometry.PaddingX;
                if (row < 0 || row >= input[2] || column < 0 || column >= input[3]) continue;
                int channel = (y[1] / filtersPerGroup * weight[1]) + kernel[0];
                product([y[0], channel, row, column], [y[1], .. kernel], y);
            }
        }
    }
}
