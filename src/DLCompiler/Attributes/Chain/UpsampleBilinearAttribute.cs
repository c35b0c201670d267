using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The images of a <see cref="Sequential"/> network, changed by <see cref="Tensor.UpsampleBilinear"/>.</summary>
/// <param name="scale">How many rows and columns each pixel becomes.</param>
public sealed class UpsampleBilinearAttribute(int scale) : LayerAttribute
{
    /// <summary>How many rows and columns each pixel becomes.</summary>
    public int Scale { get; } = scale;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ImageShaping.UpsampleBilinear(x, Scale);
}
