using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The mean of each square window of images, in a <see cref="Sequential"/> network (<see cref="Tensor.AvgPool"/>).</summary>
/// <param name="size">The window's height and width.</param>
/// <param name="stride">The distance between windows; 0 stands for <paramref name="size"/>.</param>
/// <param name="padding">Rows and columns added on each side; at most half the window's size.</param>
public sealed class AvgPoolAttribute(int size, int stride = 0, int padding = 0) : LayerAttribute
{
    /// <summary>The window's height and width.</summary>
    public int Size { get; } = size;

    /// <summary>The distance between windows; 0 stands for <see cref="Size"/>.</summary>
    public int Stride { get; } = stride;

    /// <summary>Rows and columns added on each side.</summary>
    public int Padding { get; } = padding;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => Pooling.Average(x, Size, Stride, Padding);
}
