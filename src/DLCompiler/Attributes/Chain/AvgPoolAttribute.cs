using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The mean of each square window of images, in a <see cref="Sequential"/> network (<see cref="Tensor.AvgPool"/>).</summary>
/// <param name="size">The window's height and width.</param>
/// <param name="stride">The distance between windows; 0 stands for <paramref name="size"/>.</param>
/// <param name="padding">Rows and columns added on each side; at most half the window's size.</param>
/// <param name="ceilMode">Whether a last window that starts inside may reach beyond the padding.</param>
/// <param name="same">Whether as much is padded as gives ⌈size/stride⌉ windows.</param>
/// <param name="countPadding">Whether an average's divisor counts padding.</param>
public sealed class AvgPoolAttribute(int size, int stride = 0, int padding = 0, bool ceilMode = false, bool same = false, bool countPadding = true)
    : LayerAttribute
{
    /// <summary>The window's height and width.</summary>
    public int Size { get; } = size;

    /// <summary>The distance between windows; 0 stands for <see cref="Size"/>.</summary>
    public int Stride { get; } = stride;

    /// <summary>Rows and columns added on each side; at most half the window's size.</summary>
    public int Padding { get; } = padding;

    /// <summary>Whether a last window that starts inside may reach beyond the padding.</summary>
    public bool CeilMode { get; } = ceilMode;

    /// <summary>Whether as much is padded as gives ⌈size/stride⌉ windows.</summary>
    public bool Same { get; } = same;

    /// <summary>Whether an average's divisor counts padding.</summary>
    public bool CountPadding { get; } = countPadding;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) =>
        Pooling.Average(x, Size, Stride, Padding, CeilMode, Same, CountPadding);
}
