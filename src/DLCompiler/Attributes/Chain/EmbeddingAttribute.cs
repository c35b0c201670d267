using System;

namespace DLCompiler;

/// <summary>A table of vectors, the first layer of a <see cref="Sequential"/> network whose input is ids (<see cref="DLCompiler.Embedding"/>).</summary>
/// <param name="count">The number of ids: rows of the table.</param>
/// <param name="dimensions">The length of each vector.</param>
public sealed class EmbeddingAttribute(int count, int dimensions) : LayerAttribute
{
    /// <summary>The number of ids.</summary>
    public int Count { get; } = count;

    /// <summary>The length of each vector.</summary>
    public int Dimensions { get; } = dimensions;

    internal override Layer CreateLayer() => new Embedding(Count, Dimensions);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => throw new InvalidOperationException(
        "an Embedding takes ids: it stands first in a chain, whose input is a Tensor<int>.");
}
