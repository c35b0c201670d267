using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// A table of vectors (Bengio et al. 2003), looked up by id: [N, …] of ids → [N, …, dimensions]. Parameter: <c>weight</c> [count, dimensions], standard
/// normal at first.
/// </summary>
public sealed class Embedding : Layer
{
    private readonly int count;
    private readonly int dimensions;

    /// <summary>Creates the layer.</summary>
    /// <param name="count">The number of ids: rows of the table.</param>
    /// <param name="dimensions">The length of each vector.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public Embedding(int count, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        (this.count, this.dimensions) = (count, dimensions);
    }

    /// <summary>Looks up each id's vector.</summary>
    /// <param name="ids">Ids from 0 to count − 1, in any shape.</param>
    /// <returns>The ids' shape with an axis of the dimensions added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the table.</exception>
    public Tensor Forward(Tensor<int> ids) => new(Evaluate<float>(ids.Values));

    /// <summary>Looks up each id's vector in double precision.</summary>
    internal DenseArray<T> Evaluate<T>(DenseArray<int> ids)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var table = Parameter<T>("weight", new TensorShape(count, dimensions), shape => ParameterDrawing.Draw(Initializer.Normal, shape, 1, 1));
        return Lookup.Gather(table, ids);
    }
}
