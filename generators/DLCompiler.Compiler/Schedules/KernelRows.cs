using System;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Which rows of a convolution's kernel meet the source for a row of the result: all of them where nothing is padded.</summary>
public static class KernelRows
{
    /// <summary>Writes the loop over them.</summary>
    /// <param name="tile">Takes the statements.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="forward">A convolution, or its input gradient.</param>
    /// <param name="kernelHeight">Rows of the kernel.</param>
    /// <param name="sourceHeight">Rows of what is read.</param>
    /// <param name="resultHeight">Rows of what is written.</param>
    /// <param name="line">The row of the result.</param>
    /// <param name="body">Given the kernel's row and the source's.</param>
    public static void Emit(KernelBuilder tile, ConvolutionGeometry geometry, bool forward, int kernelHeight, int sourceHeight, int resultHeight, Value line,
        Action<Value, Value> body)
    {
        int stride = geometry.StrideY, padding = geometry.PaddingY, dilation = geometry.DilationY;
        if (forward)
        {
            Value origin = (line * stride) - padding;
            bool inside = padding == 0 && ((resultHeight - 1) * stride) + ((kernelHeight - 1) * dilation) < sourceHeight;
            tile.For("ky", 0, kernelHeight, 1, ky =>
            {
                if (inside)
                {
                    body(ky, origin + (ky * dilation));
                    return;
                }

                Value.Variable from = tile.Let("from", origin + (ky * dilation));
                tile.If(from, ">=", 0, () => tile.If(from, "<", sourceHeight, () => body(ky, from)));
            });
            return;
        }

        tile.For("ky", 0, kernelHeight, 1, ky =>
        {
            Value.Variable position = tile.Let("position", line + padding - (ky * dilation));
            tile.If(position, ">=", 0, () => tile.If(position, "<", sourceHeight * stride, () =>
            {
                if (stride == 1) body(ky, position);
                else tile.If(position % stride, "==", 0, () => body(ky, position / stride));
            }));
        });
    }
}
