using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The logistic function, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Sigmoid"/>).</summary>
public sealed class SigmoidAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Elementwise.Sigmoid(x);
}
