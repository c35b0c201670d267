using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The hyperbolic tangent, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Tanh"/>).</summary>
public sealed class TanhAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Elementwise.Tanh(x);
}
