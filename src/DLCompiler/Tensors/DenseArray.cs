using System;

namespace DLCompiler;

/// <summary>
/// A shape and its elements in row-major order: what the eager operations compute with, generic in the element type. Never changed once a tensor shows it.
/// </summary>
internal sealed class DenseArray<T>
    where T : unmanaged
{
    public DenseArray(TensorShape shape)
        : this(shape, new T[shape.ElementCount])
    {
    }

    public DenseArray(TensorShape shape, T[] elements)
    {
        if (elements.Length != shape.ElementCount)
        {
            throw new ShapeMismatchException($"{elements.Length} elements can't be arranged as {shape}, which has {shape.ElementCount}.");
        }

        (Shape, Elements) = (shape, elements);
    }

    public TensorShape Shape { get; }

    public T[] Elements { get; }

    public int Rank => Shape.Rank;

    /// <summary>The element at one position per axis.</summary>
    public T At(ReadOnlySpan<int> indices)
    {
        if (indices.Length != Rank) throw new ArgumentException($"{Shape} takes {Rank} indices, not {indices.Length}.", nameof(indices));
        int offset = 0;
        for (int axis = 0; axis < Rank; axis++)
        {
            if ((uint)indices[axis] >= (uint)Shape[axis])
            {
                throw new ArgumentOutOfRangeException(nameof(indices), indices[axis], $"index {axis} must be from 0 to {Shape[axis] - 1} in {Shape}.");
            }

            offset = (offset * Shape[axis]) + indices[axis];
        }

        return Elements[offset];
    }

    /// <summary>The same elements in another shape of as many.</summary>
    public DenseArray<T> WithShape(TensorShape shape) => new(shape, Elements);

    /// <summary>An array of the same shape with a function's values.</summary>
    public DenseArray<TResult> Map<TResult>(Func<T, TResult> function)
        where TResult : unmanaged
        => new(Shape, Array.ConvertAll(Elements, element => function(element)));

    /// <summary>The only element.</summary>
    public T Item() => Elements.Length == 1
        ? Elements[0]
        : throw new InvalidOperationException(
            $"a tensor of shape {Shape} has {Elements.Length} elements; Item() reads the only one. Index it, or reduce it first.");

    /// <summary>Copies the elements in row-major order.</summary>
    public void CopyTo(Span<T> destination)
    {
        if (destination.Length < Elements.Length)
        {
            throw new ArgumentException($"the destination holds {destination.Length} elements; {Shape} has {Elements.Length}.", nameof(destination));
        }

        Elements.CopyTo(destination);
    }
}
