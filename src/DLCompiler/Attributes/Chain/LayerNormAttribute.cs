namespace DLCompiler;

/// <summary>Layer normalisation in a <see cref="Sequential"/> network (<see cref="DLCompiler.LayerNorm"/>), with ε = 1e-5.</summary>
public sealed class LayerNormAttribute : LayerAttribute
{
    internal override Layer CreateLayer() => new LayerNorm();

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((LayerNorm)layer!).Evaluate(x);
}
