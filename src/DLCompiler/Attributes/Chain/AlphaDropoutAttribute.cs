namespace DLCompiler;

/// <summary>Dropout for SELU networks in a <see cref="Sequential"/> network (<see cref="DLCompiler.AlphaDropout"/>): the identity in prediction.</summary>
/// <param name="rate">The probability of being dropped, in [0, 1).</param>
public sealed class AlphaDropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The probability of being dropped, in [0, 1).</summary>
    public float Rate { get; } = rate;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => x;
}
