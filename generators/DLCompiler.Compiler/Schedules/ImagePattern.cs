using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Which elements of the source the pixels of a whole image see through a kernel.</summary>
/// <param name="Geometry">The convolution's geometry.</param>
/// <param name="Forward">Whether it is the convolution, or its input gradient.</param>
/// <param name="Source">Rows and columns of the source.</param>
/// <param name="Result">Rows and columns of the result.</param>
/// <param name="Kernel">Rows and columns of the kernel.</param>
internal readonly record struct ImagePattern(ConvolutionGeometry Geometry, bool Forward, (int Height, int Width) Source, (int Height, int Width) Result,
    (int Height, int Width) Kernel)
{
    /// <summary>All taps of all pixels, literally: what lies beyond the border is left out.</summary>
    public SlidingPattern Pattern()
    {
        ImagePattern image = this;
        (_, int width) = Result;
        (int rows, int columns) = Kernel;
        int pixels = Result.Height * width;
        return new SlidingPattern(pixels, Enumerable.Range(0, rows * columns).Select(tap => Enumerable.Range(0, pixels)
            .Select(pixel => (pixel, position: image.SourcePixel(pixel / width, pixel % width, tap / columns, tap % columns)))
            .Where(pair => pair.position is not null)
            .Select(pair => (pair.pixel, pair.position!.Value)).ToEquatableArray()).ToEquatableArray());
    }

    /// <summary>The row of the source that a row of the result sees through a row of the kernel; null beyond the border.</summary>
    public int? SourceRow(int line, int ky) => Position(line, ky, Geometry.StrideY, Geometry.PaddingY, Geometry.DilationY, Source.Height);

    /// <summary>The column of the source that a column of the result sees through a column of the kernel; null beyond the border.</summary>
    public int? SourceColumn(int column, int kx) => Position(column, kx, Geometry.StrideX, Geometry.PaddingX, Geometry.DilationX, Source.Width);

    private int? SourcePixel(int line, int column, int ky, int kx) => (SourceRow(line, ky) * Source.Width) + SourceColumn(column, kx);

    private int? Position(int at, int tap, int stride, int padding, int dilation, int size)
    {
        if (Forward)
        {
            int position = (at * stride) + (tap * dilation) - padding;
            return position >= 0 && position < size ? position : null;
        }

        int scaled = at + padding - (tap * dilation);
        return scaled >= 0 && scaled % stride == 0 && scaled / stride < size ? scaled / stride : null;
    }
}
