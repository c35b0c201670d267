using System;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>What a tile of a convolution with channels side by side is chosen for: sizes, and how much of the kernel lies beyond the image.</summary>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
/// <param name="Sources">Channels of the source, in one group.</param>
/// <param name="Results">Channels of the result, in one group.</param>
/// <param name="ImageTaps">For each element of the kernel, the pixels of the result that see the source through it.</param>
/// <param name="RowTaps">Elements of those rows of the kernel that a row of the result sees the source through, on average.</param>
public sealed record ChannelProblem(int Height, int Width, int Sources, int Results, EquatableArray<int> ImageTaps, double RowTaps)
{
    /// <summary>The problem of a convolution, or of the convolution whose input gradient a node is.</summary>
    public static ChannelProblem Of(Node anchor)
    {
        Shape from = anchor.Inputs[0].Shape, kernel = anchor.Inputs[1].Shape, to = anchor.Shape;
        ConvolutionGeometry geometry = ChannelConvolution.Geometry(anchor);
        return Of(geometry, anchor.Operator is Convolve, Plane(from), Plane(to), Plane(kernel), (int)from[1].Value / geometry.Groups,
            (int)to[1].Value / geometry.Groups);

        static (int, int) Plane(Shape shape) => ((int)shape[2].Value, (int)shape[3].Value);
    }

    /// <summary>The problem of a convolution, or of its input gradient, of given sizes.</summary>
    /// <param name="geometry">Its geometry.</param>
    /// <param name="forward">Whether it is the convolution.</param>
    /// <param name="source">Rows and columns of the source.</param>
    /// <param name="result">Rows and columns of the result.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="sources">Channels of the source, in one group.</param>
    /// <param name="results">Channels of the result, in one group.</param>
    public static ChannelProblem Of(ConvolutionGeometry geometry, bool forward, (int Height, int Width) source, (int Height, int Width) result,
        (int Height, int Width) kernel, int sources, int results)
    {
        var image = new ImagePattern(geometry, forward, source, result, kernel);
        int[] rows = Seen(kernel.Height, result.Height, (line, ky) => image.SourceRow(line, ky) is not null);
        int[] columns = Seen(kernel.Width, result.Width, (column, kx) => image.SourceColumn(column, kx) is not null);
        return new ChannelProblem(result.Height, result.Width, sources, results,
            rows.SelectMany(count => columns.Select(pixels => count * pixels)).ToEquatableArray(), (double)rows.Sum() * kernel.Width / result.Height);

        static int[] Seen(int taps, int size, Func<int, int, bool> isInside) =>
            [.. Enumerable.Range(0, taps).Select(tap => Enumerable.Range(0, size).Count(at => isInside(at, tap)))];
    }
}
