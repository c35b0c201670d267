using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The mean of each window of sequences, in a <see cref="Sequential"/> network (<see cref="Tensor.AdaptiveAvgPool1D"/>).</summary>
/// <param name="length">The windows.</param>
public sealed class AdaptiveAvgPool1DAttribute(int length)
    : LayerAttribute
{
    /// <summary>The windows.</summary>
    public int Length { get; } = length;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) =>
        Pooling.AdaptiveLineAverage(x, Length);
}
