using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The rectified linear unit with a ceiling of 6, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Relu6"/>).</summary>
public sealed class Relu6Attribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.Relu6(x);
}
