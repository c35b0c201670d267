using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The images of a <see cref="Sequential"/> network, changed by <see cref="Tensor.ResizeBilinear"/>.</summary>
/// <param name="height">The rows of the result.</param>
/// <param name="width">The columns of the result; 0 stands for <paramref name="height"/>.</param>
public sealed class ResizeBilinearAttribute(int height, int width = 0) : LayerAttribute
{
    /// <summary>The rows of the result.</summary>
    public int Height { get; } = height;

    /// <summary>The columns of the result; 0 stands for <see cref="Height"/>.</summary>
    public int Width { get; } = width;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ImageShaping.ResizeBilinear(x, Height, Width);
}
