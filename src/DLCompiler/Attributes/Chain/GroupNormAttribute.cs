namespace DLCompiler;

/// <summary>Group normalisation in a <see cref="Sequential"/> network (<see cref="DLCompiler.GroupNorm"/>), with ε = 1e-5.</summary>
/// <param name="groups">The number of groups, which divides the channels.</param>
public sealed class GroupNormAttribute(int groups) : LayerAttribute
{
    /// <summary>The number of groups, which divides the channels.</summary>
    public int Groups { get; } = groups;

    internal override Layer CreateLayer() => new GroupNorm(Groups);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((GroupNorm)layer!).Evaluate(x);
}
