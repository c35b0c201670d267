namespace DLCompiler;

/// <summary>Normal noise on the input in a <see cref="Sequential"/> network (<see cref="DLCompiler.GaussianNoise"/>): the identity in prediction.</summary>
/// <param name="deviation">The standard deviation of the noise, at least 0.</param>
public sealed class GaussianNoiseAttribute(float deviation) : LayerAttribute
{
    /// <summary>The standard deviation of the noise, at least 0.</summary>
    public float Deviation { get; } = deviation;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => x;
}
