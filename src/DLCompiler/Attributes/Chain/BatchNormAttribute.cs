namespace DLCompiler;

/// <summary>Batch normalisation in a <see cref="Sequential"/> network (<see cref="DLCompiler.BatchNorm"/>), with momentum 0.1 and ε = 1e-5.</summary>
public sealed class BatchNormAttribute : LayerAttribute
{
    internal override Layer CreateLayer() => new BatchNorm();

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => ((BatchNorm)layer!).Evaluate(x);
}
