using System;

namespace DLCompiler;

/// <summary>
/// Dropout of whole channels: training sets all positions of a channel of a sample to zero with a probability and scales the others by 1/(1 − rate), so that
/// prediction, and this eager reference, are the identity (Tompson et al. 2015). PyTorch: <c>Dropout1d</c>, <c>Dropout2d</c>; Keras:
/// <c>SpatialDropout2D</c>. It has no parameters.
/// </summary>
public sealed class SpatialDropout : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The probability of zero, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public SpatialDropout(float rate)
    {
        if (!(rate is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "the rate is at least 0 and less than 1.");
    }

    /// <summary>Gives the input unchanged, as prediction does.</summary>
    /// <param name="x">[N, C, …] with at least one axis of positions.</param>
    /// <returns>The same tensor.</returns>
#pragma warning disable CA1822 // A layer's Forward is called on the layer, whatever it needs of it.
    public Tensor Forward(Tensor x) => x;

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => x;
#pragma warning restore CA1822
}
