using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The leaky rectified linear unit, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.LeakyRelu"/>).</summary>
/// <param name="slope">The factor for negative elements.</param>
public sealed class LeakyReluAttribute(float slope = 0.01f) : LayerAttribute
{
    /// <summary>The factor for negative elements.</summary>
    public float Slope { get; } = slope;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Elementwise.LeakyRelu(x, T.CreateTruncating(Slope));
}
