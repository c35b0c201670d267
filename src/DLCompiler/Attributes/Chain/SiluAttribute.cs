using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The sigmoid linear unit, also called swish, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Silu"/>).</summary>
public sealed class SiluAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.Silu(x);
}
