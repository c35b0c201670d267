using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>Mish, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Mish"/>).</summary>
public sealed class MishAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.Mish(x);
}
