using System;
using System.Runtime.CompilerServices;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// A dense array of numbers other than float32, which is <see cref="Tensor"/>: <c>Tensor&lt;int&gt;</c> carries labels and token ids,
/// <c>Tensor&lt;bool&gt;</c> masks, and <c>Tensor&lt;double&gt;</c> has all of <see cref="Tensor"/>'s operations (<see cref="DoubleTensorOperations"/>),
/// for checks in double precision. It never changes.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class Tensor<T>
    where T : unmanaged
{
    internal Tensor(DenseArray<T> values) => Values = values;

    /// <summary>The sizes of the axes, outermost first.</summary>
    public TensorShape Shape => Values.Shape;

    /// <summary>The elements in row-major order.</summary>
    public ReadOnlySpan<T> Span => Values.Elements;

    internal DenseArray<T> Values { get; }

    /// <summary>The element at one position per axis.</summary>
    /// <exception cref="ArgumentException">The number of indices is not the number of axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside its axis.</exception>
    [IndexerName("Element")]
    public T this[params ReadOnlySpan<int> indices] => Values.At(indices);

    /// <summary>
    /// A part: <c>x[.., 1..^1]</c> takes all of axis 0 and axis 1 without its ends; one index, as in <c>x[.., ^1]</c>, takes the axis away. Axes that are left
    /// out stay whole. PyTorch: indexing.
    /// </summary>
    /// <param name="slices">What is taken of each axis.</param>
    /// <exception cref="ShapeMismatchException">A part reaches beyond its axis, or there are more than axes.</exception>
    [IndexerName("Element")]
    public Tensor<T> this[params AxisIndex[] slices] => new(Rearranging.Slice(Values, slices));

    /// <summary>Creates a tensor from elements in row-major order, which are copied.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="sizes">The sizes of the axes, outermost first; none makes a vector of all elements.</param>
    /// <exception cref="ShapeMismatchException">The sizes do not multiply to the number of elements.</exception>
    public static Tensor<T> FromArray(ReadOnlySpan<T> elements, params ReadOnlySpan<int> sizes)
        => new(new DenseArray<T>(sizes.IsEmpty ? new TensorShape(elements.Length) : new TensorShape(sizes), elements.ToArray()));

    /// <summary>Creates a tensor whose elements are all equal; without sizes, a scalar.</summary>
    /// <param name="value">Every element.</param>
    /// <param name="sizes">The sizes of the axes, outermost first.</param>
    public static Tensor<T> Full(T value, params ReadOnlySpan<int> sizes)
    {
        var values = new DenseArray<T>(new TensorShape(sizes));
        Array.Fill(values.Elements, value);
        return new Tensor<T>(values);
    }

    /// <summary>The only element of a tensor that has one.</summary>
    /// <exception cref="InvalidOperationException">The tensor has none or several.</exception>
    public T Item() => Values.Item();

    /// <summary>The elements in row-major order, as a new array.</summary>
    public T[] ToArray() => [.. Values.Elements];

    /// <summary>Copies the elements in row-major order.</summary>
    /// <param name="destination">Where they go; elements beyond the tensor's are kept.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<T> destination) => Values.CopyTo(destination);

    /// <summary>The shape and the elements in nested brackets; long axes are shortened.</summary>
    public override string ToString() => TensorFormatter.Format(Values);
}
