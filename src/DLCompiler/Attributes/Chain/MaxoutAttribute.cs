namespace DLCompiler;

/// <summary>The largest of several affine functions, for each unit, in a <see cref="Sequential"/> network (<see cref="DLCompiler.Maxout"/>).</summary>
/// <param name="units">The number of outputs.</param>
/// <param name="pieces">How many affine functions each output is the largest of.</param>
/// <param name="bias">Whether a bias is added.</param>
public sealed class MaxoutAttribute(int units, int pieces = 2, bool bias = true) : LayerAttribute
{
    /// <summary>The number of outputs.</summary>
    public int Units { get; } = units;

    /// <summary>How many affine functions each output is the largest of.</summary>
    public int Pieces { get; } = pieces;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; } = bias;

    internal override Layer CreateLayer() => new Maxout(Units, Pieces, bias: Bias);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((Maxout)layer!).Evaluate(x);
}
