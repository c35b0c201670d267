using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>x/(1 + |x|), of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Softsign"/>).</summary>
public sealed class SoftsignAttribute : LayerAttribute
{
    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.Softsign(x);
}
