using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The exponential linear unit, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.Elu"/>).</summary>
/// <param name="alpha">The negative of the limit for small elements.</param>
public sealed class EluAttribute(float alpha = 1) : LayerAttribute
{
    /// <summary>The negative of the limit for small elements.</summary>
    public float Alpha { get; } = alpha;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.Elu(x, Alpha);
}
