using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The Gaussian error linear unit in its approximate form, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.GeluTanh"/>).</summary>
public sealed class GeluTanhAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.GeluTanh(x);
}
