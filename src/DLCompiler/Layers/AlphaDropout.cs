using System;

namespace DLCompiler;

/// <summary>
/// Dropout for networks of <see cref="Tensor.Selu"/>: training sets each element to what a unit gives that is off, −λα, with a probability, and scales and
/// shifts all so that mean 0 and variance 1 stay; prediction, and this eager reference, are the identity (Klambauer et al. 2017). PyTorch and Keras:
/// <c>AlphaDropout</c>. It has no parameters.
/// </summary>
public sealed class AlphaDropout : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The probability of being dropped, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public AlphaDropout(float rate)
    {
        if (!(rate is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "the rate is at least 0 and less than 1.");
    }

    /// <summary>Gives the input unchanged, as prediction does.</summary>
    /// <param name="x">Any shape.</param>
    /// <returns>The same tensor.</returns>
#pragma warning disable CA1822 // A layer's Forward is called on the layer, whatever it needs of it.
    public Tensor Forward(Tensor x) => x;

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => x;
#pragma warning restore CA1822
}
