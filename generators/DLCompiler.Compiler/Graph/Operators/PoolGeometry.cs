using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>How a two-dimensional pooling window moves over its input. Sizes in pixels.</summary>
/// <param name="KernelY">The window's rows.</param>
/// <param name="KernelX">The window's columns.</param>
/// <param name="StrideY">Rows between neighbouring windows.</param>
/// <param name="StrideX">Columns between neighbouring windows.</param>
/// <param name="PaddingY">Rows of padding above and below; at most half of the window, so that each window sees a pixel.</param>
/// <param name="PaddingX">Columns of padding left and right.</param>
/// <param name="ExtraY">Rows that the last window reaches further down than the padding, for sizes that are rounded up; each window still sees a pixel.</param>
/// <param name="ExtraX">Columns that the last window reaches further right than the padding.</param>
public sealed record PoolGeometry(int KernelY, int KernelX, int StrideY, int StrideX, int PaddingY, int PaddingX, int ExtraY = 0, int ExtraX = 0)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{KernelY}×{KernelX}, stride {StrideY}×{StrideX}{(PaddingY > 0 || PaddingX > 0 ? $", padding {PaddingY}×{PaddingX}" : "")}"
        + $"{(ExtraY > 0 || ExtraX > 0 ? $", {ExtraY}×{ExtraX} beyond" : "")}";

    /// <summary>The result's shape [N, C, OH, OW] for an input [N, C, H, W].</summary>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    internal Shape Infer(string name, Shape input)
    {
        new TensorType(ElementType.Float32, input).RequireRank(name, "the input", 4);
        if (ExtraY < 0 || ExtraX < 0 || (ExtraY > 0 && PaddingY + ExtraY >= KernelY) || (ExtraX > 0 && PaddingX + ExtraX >= KernelX))
            throw new ShapeException($"{name}: windows {this} would lie outside {input}");
        if (2 * PaddingY > KernelY || 2 * PaddingX > KernelX)
            throw new ShapeException(
                $"{name}: padding {PaddingY}×{PaddingX} is more than half of the window {KernelY}×{KernelX}, so that windows would lie outside {input}");
        return new Shape(
            input[0],
            input[1],
            SlidingWindow.Count(input, 2, KernelY, StrideY, PaddingY, 1, ExtraY),
            SlidingWindow.Count(input, 3, KernelX, StrideX, PaddingX, 1, ExtraX));
    }
}
