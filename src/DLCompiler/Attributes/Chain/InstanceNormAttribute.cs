namespace DLCompiler;

/// <summary>Instance normalisation in a <see cref="Sequential"/> network (<see cref="DLCompiler.InstanceNorm"/>), with ε = 1e-5.</summary>
public sealed class InstanceNormAttribute : LayerAttribute
{
    internal override Layer CreateLayer() => new InstanceNorm();

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((InstanceNorm)layer!).Evaluate(x);
}
