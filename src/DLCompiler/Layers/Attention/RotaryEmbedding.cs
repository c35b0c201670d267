using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// Rotary position embedding (Su et al. 2021): pairs of a query's or key's features are turned by angles t·base^(−2i/d) that grow with the position t, so that
/// their products depend on distances alone. It has no parameters.
/// </summary>
public sealed class RotaryEmbedding : Layer
{
    private readonly double @base;
    private readonly int dimensions;
    private readonly bool interleaved;
    private readonly int offset;

    /// <summary>Creates the layer.</summary>
    /// <param name="base">What angles fall by from pair to pair, above 1.</param>
    /// <param name="dimensions">How many features, the first ones, are turned: an even number; 0 for all.</param>
    /// <param name="interleaved">
    /// Whether neighbours are a pair, as published and in GPT-J; else the first half's features are paired with the second's, as in GPT-NeoX and LLaMA.
    /// </param>
    /// <param name="offset">The position of the first element: how many came before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public RotaryEmbedding(float @base = 10000, int dimensions = 0, bool interleaved = false, int offset = 0)
    {
        if (!(@base > 1)) throw new ArgumentOutOfRangeException(nameof(@base), @base, "a base is above 1.");
        ArgumentOutOfRangeException.ThrowIfNegative(dimensions);
        if (dimensions % 2 != 0) throw new ArgumentOutOfRangeException(nameof(dimensions), dimensions, "an even number of features is turned.");
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        (this.@base, this.dimensions, this.interleaved, this.offset) = (@base, dimensions, interleaved, offset);
    }

    /// <summary>Turns the features of each position.</summary>
    /// <param name="x">Queries or keys [N, …, T, D].</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ShapeMismatchException">There are fewer than three axes, or the features don't suffice.</exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    private DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 3) throw new ShapeMismatchException($"{DisplayName} takes [N, …, T, features], not {x.Shape}.");
        int turned = dimensions == 0 ? x.Shape[^1] : dimensions;
        if (turned > x.Shape[^1] || turned % 2 != 0)
            throw new ShapeMismatchException($"{DisplayName} turns {turned} features in pairs, and {x.Shape} has {x.Shape[^1]}.");
        return Rotation.Rotate(x, x.Rank - 2, turned, @base, offset, interleaved);
    }
}
