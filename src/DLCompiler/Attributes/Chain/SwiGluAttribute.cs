using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The gated unit of SiLU, along the last axis, in a <see cref="Sequential"/> network (<see cref="Tensor.SwiGlu"/>).</summary>
public sealed class SwiGluAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.SwiGlu(x, axis: -1);
}
