using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The scaled exponential linear unit, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Selu"/>).</summary>
public sealed class SeluAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.Selu(x);
}
