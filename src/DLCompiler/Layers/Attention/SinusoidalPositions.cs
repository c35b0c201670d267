using System;
using System.Numerics;

namespace DLCompiler;

/// <summary>
/// Sinusoidal positions (Vaswani et al. 2017): sin(t·base^(−2i/E)) is added to feature 2i of position t, and the cosine of the same to feature 2i + 1. It has
/// no parameters.
/// </summary>
public sealed class SinusoidalPositions : Layer
{
    private readonly double @base;

    /// <summary>Creates the layer.</summary>
    /// <param name="base">What frequencies fall by from the first features to the last, above 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The base is not above 1.</exception>
    public SinusoidalPositions(float @base = 10000)
    {
        if (!(@base > 1)) throw new ArgumentOutOfRangeException(nameof(@base), @base, "a base is above 1.");
        this.@base = @base;
    }

    /// <summary>Adds the positions.</summary>
    /// <param name="x">[N, T, E].</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ShapeMismatchException">There are not three axes.</exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    private DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank != 3) throw new ShapeMismatchException($"{DisplayName} takes sequences [N, T, features], not {x.Shape}.");
        int steps = x.Shape[1], features = x.Shape[2];
        var result = new DenseArray<T>(x.Shape);
        for (int index = 0; index < result.Elements.Length; index++)
        {
            int feature = index % features, step = index / features % steps;
            double angle = step * Math.Pow(@base, -2.0 * (feature / 2) / features);
            double position = feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
            result.Elements[index] = x.Elements[index] + T.CreateTruncating(position);
        }

        return result;
    }
}
