using System;
using System.Runtime.CompilerServices;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// A dense array of float32 with any number of axes. In a <see cref="ModelAttribute">model's</see> <c>Forward</c> its operations are what the compiler
/// reads; called at run time they compute step by step, slowly and plainly. That makes <c>Forward</c> debuggable, and it is the reference that compiled
/// kernels are tested against. A tensor never changes.
/// </summary>
/// <remarks>
/// <para>
/// Operations of two tensors broadcast as NumPy's do: shapes are aligned at the innermost axis, and an axis of size 1, or one that is missing, is repeated.
/// </para>
/// <para>
/// Axes count from 0; a negative axis counts from the innermost, −1. Sums accumulate in double and are rounded once. NaN propagates through every operation,
/// maxima included.
/// </para>
/// </remarks>
public sealed partial class Tensor
{
    internal Tensor(DenseArray<float> values) => Values = values;

    /// <summary>
    /// The sizes of the axes, outermost first. In a model's <c>Forward</c>, <c>x.Shape[i]</c> is known at compile time; only the batch axis is symbolic.
    /// </summary>
    public TensorShape Shape => Values.Shape;

    /// <summary>The elements in row-major order.</summary>
    public ReadOnlySpan<float> Span => Values.Elements;

    internal DenseArray<float> Values { get; }

    /// <summary>The element at one position per axis.</summary>
    /// <exception cref="ArgumentException">The number of indices is not the number of axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside its axis.</exception>
    [IndexerName("Element")]
    public float this[params ReadOnlySpan<int> indices] => Values.At(indices);

    /// <summary>
    /// A part: <c>x[.., 1..^1]</c> takes all of axis 0 and axis 1 without its ends; one index, as in <c>x[.., ^1]</c>, takes the axis away. Axes that are left
    /// out stay whole. PyTorch: indexing.
    /// </summary>
    /// <param name="slices">What is taken of each axis.</param>
    /// <exception cref="ShapeMismatchException">A part reaches beyond its axis, or there are more than axes.</exception>
    [IndexerName("Element")]
    public Tensor this[params AxisIndex[] slices] => new(Rearranging.Slice(Values, slices));

    /// <summary>Creates a tensor from elements in row-major order, which are copied.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="sizes">The sizes of the axes, outermost first; none makes a vector of all elements.</param>
    /// <exception cref="ShapeMismatchException">The sizes do not multiply to the number of elements.</exception>
    public static Tensor FromArray(ReadOnlySpan<float> elements, params ReadOnlySpan<int> sizes) => new(Tensor<float>.FromArray(elements, sizes).Values);

    /// <summary>Creates a tensor whose elements are all equal; without sizes, a scalar.</summary>
    /// <param name="value">Every element.</param>
    /// <param name="sizes">The sizes of the axes, outermost first.</param>
    public static Tensor Full(float value, params int[] sizes) => new(Tensor<float>.Full(value, sizes).Values);

    /// <summary>Creates a tensor of zeros.</summary>
    /// <param name="sizes">The sizes of the axes, outermost first.</param>
    public static Tensor Zeros(params int[] sizes) => Full(0, sizes);

    /// <summary>Creates a tensor of ones.</summary>
    /// <param name="sizes">The sizes of the axes, outermost first.</param>
    public static Tensor Ones(params int[] sizes) => Full(1, sizes);

    /// <summary>The only element of a tensor that has one, such as a loss.</summary>
    /// <exception cref="InvalidOperationException">The tensor has none or several.</exception>
    public float Item() => Values.Item();

    /// <summary>The elements in row-major order, as a new array.</summary>
    public float[] ToArray() => [.. Values.Elements];

    /// <summary>Copies the elements in row-major order.</summary>
    /// <param name="destination">Where they go; elements beyond the tensor's are kept.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<float> destination) => Values.CopyTo(destination);

    /// <summary>The same numbers in double precision, exactly.</summary>
    public Tensor<double> ToDouble() => new(Values.Map(value => (double)value));

    /// <summary>The shape and the elements in nested brackets; long axes are shortened.</summary>
    public override string ToString() => TensorFormatter.Format(Values);
}
