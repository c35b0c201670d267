using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The softmax along the last axis, in a <see cref="Sequential"/> network (<see cref="Tensor.Softmax"/>).</summary>
/// <remarks>A network trained with <see cref="Loss.SoftmaxCrossEntropy"/> ends with logits and has no softmax.</remarks>
public sealed class SoftmaxAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Normalization.Softmax(x, axis: -1);
}
