using System;

namespace DLCompiler;

/// <summary>A table of vectors, the first layer of a <see cref="Sequential"/> network whose input is ids (<see cref="DLCompiler.Embedding"/>).</summary>
/// <param name="count">The number of ids: rows of the table.</param>
/// <param name="dimensions">The length of each vector.</param>
/// <param name="paddingIndex">The id whose row is zero at first and stays as it is; −1 for none.</param>
public sealed class EmbeddingAttribute(int count, int dimensions, int paddingIndex = -1) : LayerAttribute
{
    /// <summary>The number of ids.</summary>
    public int Count { get; } = count;

    /// <summary>The length of each vector.</summary>
    public int Dimensions { get; } = dimensions;

    /// <summary>The id whose row is zero at first and stays as it is; −1 for none.</summary>
    public int PaddingIndex { get; } = paddingIndex;

    internal override Layer CreateLayer() => new Embedding(Count, Dimensions, paddingIndex: PaddingIndex);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => throw new InvalidOperationException(
        "an Embedding takes ids: it stands first in a chain, whose input is a Tensor<int>.");
}
