using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The gated linear unit, along the last axis, in a <see cref="Sequential"/> network (<see cref="Tensor.Glu"/>).</summary>
public sealed class GluAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.Glu(x, axis: -1);
}
