using System;

namespace DLCompiler;

/// <summary>
/// Noise on the input: training adds independent normal numbers with mean 0 to each element (Bishop 1995); prediction, and this eager reference, are the
/// identity. Keras: <c>GaussianNoise</c>. It has no parameters.
/// </summary>
public sealed class GaussianNoise : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="deviation">The standard deviation of the noise, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is out of its range.</exception>
    public GaussianNoise(float deviation)
    {
        if (!(deviation >= 0) || float.IsInfinity(deviation))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "the deviation is at least 0.");
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
