using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// Normalisation of each element by its neighbours in other channels: y = x/(k + α·mean of x² over size channels)^β, with zeros beyond the first and the last
/// channel (Krizhevsky et al. 2012). PyTorch: <c>LocalResponseNorm</c>, whose α this is: the paper's α times the size. It has no parameters.
/// </summary>
public sealed class LocalResponseNorm : Layer
{
    private readonly int size;
    private readonly float alpha;
    private readonly float beta;
    private readonly float k;

    /// <summary>Creates the layer.</summary>
    /// <param name="size">How many channels each element is compared with: ⌊size/2⌋ before it, the rest from it on.</param>
    /// <param name="alpha">The weight of the neighbours, at least 0.</param>
    /// <param name="beta">The exponent.</param>
    /// <param name="k">What is added, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public LocalResponseNorm(int size, float alpha = 1e-4f, float beta = 0.75f, float k = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (!(alpha >= 0)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha is at least 0.");
        if (!(k > 0)) throw new ArgumentOutOfRangeException(nameof(k), k, "k is positive.");
        (this.size, this.alpha, this.beta, this.k) = (size, alpha, beta, k);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, C] or [N, C, …].</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ShapeMismatchException">The input has fewer than two axes.</exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    internal DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 2) throw new ShapeMismatchException($"{DisplayName} takes [N, C, …], not {x.Shape}. Reshape to at least two axes.");
        return NeighbourNormalization.Apply(x, size, alpha, beta, k);
    }
}
