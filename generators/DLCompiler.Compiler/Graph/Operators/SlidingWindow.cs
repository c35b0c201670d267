using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>Where a window that moves along an axis stops.</summary>
internal static class SlidingWindow
{
    /// <summary>
    /// The number of positions ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1. A symbolic size is possible for stride 1 only: polynomials
    /// aren't rounded.
    /// </summary>
    /// <param name="extra">More padding after the last element.</param>
    /// <exception cref="ShapeException">The window does not fit, or an attribute is out of range.</exception>
    public static Dimension Count(Shape input, int axis, int kernel, int stride, int padding, int dilation, int extra = 0)
    {
        if (kernel < 1 || stride < 1 || dilation < 1 || padding < 0)
            throw new ShapeException($"kernel {kernel}, stride {stride} and dilation {dilation} have to be at least 1, padding {padding} at least 0");
        long extent = ((long)dilation * (kernel - 1)) + 1;
        Dimension padded = input[axis] + (2L * padding) + extra;
        if (!padded.IsConstant)
        {
            return stride == 1
                ? padded - (extent - 1)
                : throw new ShapeException($"dimension {axis} of {input} is {input[axis]}: a window with stride {stride} needs a size known at compile time");
        }

        if (padded.Value < extent)
        {
            string size = input.Rank == 4 ? PaddedSize(input, axis, padding) : padded.ToString();
            throw new ShapeException(
                $"kernel {kernel}{(dilation > 1 ? $" with dilation {dilation}" : "")} does not fit the padded input {size} (dimension {axis} of {input})");
        }

        return ((padded.Value - extent) / stride) + 1;
    }

    private static string PaddedSize(Shape input, int axis, int padding)
    {
        Dimension height = input[2] + (axis == 2 || input[2] == input[3] ? 2L * padding : 0);
        Dimension width = input[3] + (axis == 3 || input[2] == input[3] ? 2L * padding : 0);
        return $"{height}×{width}";
    }
}
