using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The logarithm of the logistic function, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.LogSigmoid"/>).</summary>
public sealed class LogSigmoidAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.LogSigmoid(x);
}
