using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The images of a <see cref="Sequential"/> network, changed by <see cref="Tensor.GlobalMaxPool"/>.</summary>
public sealed class GlobalMaxPoolAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ImageShaping.GlobalMaxPool(x);
}
