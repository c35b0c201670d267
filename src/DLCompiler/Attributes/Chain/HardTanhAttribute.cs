using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The nearest number between two bounds, of every element, in a <see cref="Sequential"/> network (<see cref="Tensor.HardTanh"/>).</summary>
/// <param name="min">The smallest result.</param>
/// <param name="max">The largest result; more than <paramref name="min"/>.</param>
public sealed class HardTanhAttribute(float min = -1, float max = 1) : LayerAttribute
{
    /// <summary>The smallest result.</summary>
    public float Min { get; } = min;

    /// <summary>The largest result; more than <see cref="Min"/>.</summary>
    public float Max { get; } = max;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Activation.HardTanh(x, Min, Max);
}
