namespace DLCompiler;

/// <summary>x where positive, else slope·x with a trained slope, in a <see cref="Sequential"/> network (<see cref="DLCompiler.PRelu"/>).</summary>
/// <param name="perChannel">Whether each channel has a slope of its own.</param>
/// <param name="initial">The slopes before training.</param>
public sealed class PReluAttribute(bool perChannel = false, float initial = 0.25f) : LayerAttribute
{
    /// <summary>Whether each channel has a slope of its own.</summary>
    public bool PerChannel { get; } = perChannel;

    /// <summary>The slopes before training.</summary>
    public float Initial { get; } = initial;

    internal override Layer CreateLayer() => new PRelu(PerChannel, Initial);

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((PRelu)layer!).Evaluate(x);
}
