namespace DLCompiler;

/// <summary>Normalisation by neighbouring channels in a <see cref="Sequential"/> network (<see cref="DLCompiler.LocalResponseNorm"/>).</summary>
/// <param name="size">How many channels each element is compared with.</param>
/// <param name="alpha">The weight of the neighbours.</param>
/// <param name="beta">The exponent.</param>
/// <param name="k">What is added.</param>
public sealed class LocalResponseNormAttribute(int size, float alpha = 1e-4f, float beta = 0.75f, float k = 1) : LayerAttribute
{
    /// <summary>How many channels each element is compared with.</summary>
    public int Size { get; } = size;

    /// <summary>The weight of the neighbours.</summary>
    public float Alpha { get; } = alpha;

    /// <summary>The exponent.</summary>
    public float Beta { get; } = beta;

    /// <summary>What is added.</summary>
    public float K { get; } = k;

    internal override Layer CreateLayer() => new LocalResponseNorm(Size, Alpha, Beta, K);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((LocalResponseNorm)layer!).Evaluate(x);
}
