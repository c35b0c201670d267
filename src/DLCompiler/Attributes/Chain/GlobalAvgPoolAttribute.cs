using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The images of a <see cref="Sequential"/> network, changed by <see cref="Tensor.GlobalAvgPool"/>.</summary>
public sealed class GlobalAvgPoolAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ImageShaping.GlobalAvgPool(x);
}
