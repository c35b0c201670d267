using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The hard swish, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.HardSwish"/>).</summary>
public sealed class HardSwishAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.HardSwish(x);
}
