using System.Collections.Generic;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// Another shape of each sample, in a <see cref="Sequential"/> network: the batch axis stays, <c>[Reshape(1, 28, 28)]</c> turns [N, 784] into
/// [N, 1, 28, 28].
/// </summary>
/// <param name="sizes">The sizes after the batch axis; −1, at most once, is inferred from the others.</param>
public sealed class ReshapeAttribute(params int[] sizes) : LayerAttribute
{
    /// <summary>The sizes after the batch axis.</summary>
    public IReadOnlyList<int> Sizes { get; } = sizes;

    internal override DenseArray<T> Apply<T>(Layer? layer, DenseArray<T> x) => x.Rank == 0
        ? throw new ShapeMismatchException($"can't reshape the scalar {x.Shape}: it has no batch axis.")
        : Shaping.Reshape(x, [x.Shape[0], .. Sizes]);
}
