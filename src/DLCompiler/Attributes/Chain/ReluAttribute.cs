using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The rectified linear unit, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Relu"/>).</summary>
public sealed class ReluAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Elementwise.Relu(x);
}
