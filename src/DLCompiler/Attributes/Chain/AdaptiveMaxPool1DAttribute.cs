using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The maximum of each window of sequences, in a <see cref="Sequential"/> network (<see cref="Tensor.AdaptiveMaxPool1D"/>).</summary>
/// <param name="length">The windows.</param>
public sealed class AdaptiveMaxPool1DAttribute(int length)
    : LayerAttribute
{
    /// <summary>The windows.</summary>
    public int Length { get; } = length;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) =>
        Pooling.AdaptiveLineMax(x, Length);
}
