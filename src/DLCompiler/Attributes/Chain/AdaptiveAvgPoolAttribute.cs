using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The mean of each window of images, in a <see cref="Sequential"/> network (<see cref="Tensor.AdaptiveAvgPool"/>).</summary>
/// <param name="height">The windows of a column.</param>
/// <param name="width">The windows of a row; 0 stands for <paramref name="height"/>.</param>
public sealed class AdaptiveAvgPoolAttribute(int height, int width = 0)
    : LayerAttribute
{
    /// <summary>The windows of a column.</summary>
    public int Height { get; } = height;

    /// <summary>The windows of a row; 0 stands for <see cref="Height"/>.</summary>
    public int Width { get; } = width;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) =>
        Pooling.AdaptiveAverage(x, Height, Width);
}
