namespace DLCompiler;

/// <summary>Root mean square normalisation in a <see cref="Sequential"/> network (<see cref="DLCompiler.RmsNorm"/>), with ε = 1e-5.</summary>
public sealed class RmsNormAttribute : LayerAttribute
{
    internal override Layer CreateLayer() => new RmsNorm();

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((RmsNorm)layer!).Evaluate(x);
}
