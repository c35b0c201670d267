namespace DLCompiler;

/// <summary>A fully connected layer of a <see cref="Sequential"/> network (<see cref="DLCompiler.Dense"/>).</summary>
/// <param name="units">The number of outputs.</param>
public sealed class DenseAttribute(int units) : LayerAttribute
{
    /// <summary>The number of outputs.</summary>
    public int Units { get; } = units;

    /// <summary>Whether a bias is added; true unless given.</summary>
    public bool Bias { get; set; } = true;

    internal override Layer CreateLayer() => new Dense(Units, bias: Bias);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((Dense)layer!).Evaluate(x);
}
