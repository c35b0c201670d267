using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The smooth rectifier, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Softplus"/>).</summary>
/// <param name="beta">How sharp the bend is; positive.</param>
public sealed class SoftplusAttribute(float beta = 1) : LayerAttribute
{
    /// <summary>How sharp the bend is; positive.</summary>
    public float Beta { get; } = beta;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.Softplus(x, Beta);
}
