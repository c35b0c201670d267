using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The logarithm of the softmax, along the last axis, in a <see cref="Sequential"/> network (<see cref="Tensor.LogSoftmax"/>).</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.LogSoftmax(x, axis: -1);
}
