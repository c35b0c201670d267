using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The images of a <see cref="Sequential"/> network, changed by <see cref="Tensor.ZeroPad"/>.</summary>
/// <param name="top">Rows above.</param>
/// <param name="bottom">Rows below.</param>
/// <param name="left">Columns before.</param>
/// <param name="right">Columns after.</param>
public sealed class ZeroPadAttribute(int top, int bottom, int left, int right) : LayerAttribute
{
    /// <summary>Rows above.</summary>
    public int Top { get; } = top;

    /// <summary>Rows below.</summary>
    public int Bottom { get; } = bottom;

    /// <summary>Columns before.</summary>
    public int Left { get; } = left;

    /// <summary>Columns after.</summary>
    public int Right { get; } = right;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ImageShaping.ZeroPad(x, Top, Bottom, Left, Right);
}
