namespace DLCompiler;

/// <summary>Dropout of whole channels in a <see cref="Sequential"/> network (<see cref="DLCompiler.SpatialDropout"/>): the identity in prediction.</summary>
/// <param name="rate">The probability of zero, in [0, 1).</param>
public sealed class SpatialDropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The probability of zero, in [0, 1).</summary>
    public float Rate { get; } = rate;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => x;
}
