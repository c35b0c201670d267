using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The Gaussian error linear unit, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Gelu"/>).</summary>
public sealed class GeluAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Elementwise.Gelu(x);
}
