using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The continuously differentiable exponential linear unit, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Celu"/>).</summary>
/// <param name="alpha">The negative of the limit for small elements; not 0.</param>
public sealed class CeluAttribute(float alpha = 1) : LayerAttribute
{
    /// <summary>The negative of the limit for small elements; not 0.</summary>
    public float Alpha { get; } = alpha;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.Celu(x, Alpha);
}
