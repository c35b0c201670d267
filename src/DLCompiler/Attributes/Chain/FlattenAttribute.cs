using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>All axes after the batch as one, in a <see cref="Sequential"/> network (<see cref="Tensor.Flatten"/>).</summary>
public sealed class FlattenAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Shaping.Flatten(x);
}
