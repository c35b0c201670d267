using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The images of a <see cref="Sequential"/> network, changed by <see cref="Tensor.UpsampleNearest"/>.</summary>
/// <param name="scale">How many rows and columns each pixel becomes; at least 1.</param>
public sealed class UpsampleNearestAttribute(int scale) : LayerAttribute
{
    /// <summary>How many rows and columns each pixel becomes; at least 1.</summary>
    public int Scale { get; } = scale;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ImageShaping.UpsampleNearest(x, Scale);
}
