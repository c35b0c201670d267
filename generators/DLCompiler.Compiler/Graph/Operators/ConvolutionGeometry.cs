using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>How a two-dimensional convolution moves over its input. Sizes in pixels.</summary>
/// <param name="StrideY">Rows between neighbouring results.</param>
/// <param name="StrideX">Columns between neighbouring results.</param>
/// <param name="PaddingY">Rows of zeros above and below.</param>
/// <param name="PaddingX">Columns of zeros left and right.</param>
/// <param name="DilationY">Input rows between neighbouring kernel rows.</param>
/// <param name="DilationX">Input columns between neighbouring kernel columns.</param>
/// <param name="Groups">Into how many groups the channels are divided; a result sees its group's input channels only.</param>
public sealed record ConvolutionGeometry(int StrideY, int StrideX, int PaddingY, int PaddingX, int DilationY, int DilationX, int Groups)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"stride {StrideY}×{StrideX}, padding {PaddingY}×{PaddingX}"
        + $"{(DilationY > 1 || DilationX > 1 ? $", dilation {DilationY}×{DilationX}" : "")}{(Groups > 1 ? $", {Groups} groups" : "")}";

    /// <summary>The result's shape [N, O, OH, OW] for an input [N, C, H, W] and weights [O, C/groups, KH, KW].</summary>
    /// <exception cref="ShapeException">They don't fit.</exception>
    internal Shape Infer(Shape input, Shape weight)
    {
        new TensorType(ElementType.Float32, input).RequireRank("Convolve", "the input", 4);
        new TensorType(ElementType.Float32, weight).RequireRank("Convolve", "the weight", 4);
        if (Groups < 1) throw new ShapeException($"a convolution can't have {Groups} groups");
        if (!input[1].TryDivide(Groups, out Dimension channels))
            throw new ShapeException($"{Groups} groups do not divide the {input[1]} channels (dimension 1) of the input {input}");
        if (!weight[0].TryDivide(Groups, out _))
            throw new ShapeException($"{Groups} groups do not divide the {weight[0]} filters (dimension 0) of the weight {weight}");
        if (channels != weight[1])
            throw new ShapeException(
                $"can't convolve {input} with the weight {weight}: "
                + $"the input has {channels} channels{(Groups > 1 ? " per group" : "")} (dimension 1), and the weight is made for {weight[1]}");
        if (!weight[2].IsConstant || !weight[3].IsConstant) throw new ShapeException($"the kernel size of the weight {weight} is not known at compile time");
        return new Shape(
            input[0],
            weight[0],
            SlidingWindow.Count(input, 2, (int)weight[2].Value, StrideY, PaddingY, DilationY),
            SlidingWindow.Count(input, 3, (int)weight[3].Value, StrideX, PaddingX, DilationX));
    }

    /// <summary>Multiplications and additions of the convolution and of either gradient.</summary>
    internal static Dimension CountFlops(Shape result, Shape weight) => 2 * result.ElementCount * weight[1] * weight[2] * weight[3];
}
