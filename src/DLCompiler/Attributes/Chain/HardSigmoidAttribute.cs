using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The piecewise linear logistic function, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.HardSigmoid"/>).</summary>
public sealed class HardSigmoidAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.HardSigmoid(x);
}
