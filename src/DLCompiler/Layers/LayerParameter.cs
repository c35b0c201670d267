using System.Numerics;

namespace DLCompiler;

/// <summary>
/// A named parameter or state of an eager layer. It is kept in double, which holds every float32 exactly, so that one layer serves both precisions.
/// </summary>
internal sealed record LayerParameter(string Name, DenseArray<double> Value)
{
    public DenseArray<T> Get<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
        => Value.Map(T.CreateTruncating);
}
