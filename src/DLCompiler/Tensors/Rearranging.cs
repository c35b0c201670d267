using System;
using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>A new axis of size 1. PyTorch: <c>unsqueeze</c>.</summary>
    /// <param name="axis">Where it stands in the result; −1 is the innermost.</param>
    /// <exception cref="ShapeMismatchException">There is no such place.</exception>
    public Tensor Unsqueeze(int axis) => new(Rearranging.Unsqueeze(Values, axis));

    /// <summary>The tensor without an axis of size 1. PyTorch: <c>squeeze</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or its size is not 1.</exception>
    public Tensor Squeeze(int axis) => new(Rearranging.Squeeze(Values, axis));

    /// <summary>Tensors of equal shapes along a new axis. PyTorch: <c>stack</c>.</summary>
    /// <param name="axis">Where the new axis stands in the result; −1 is the innermost.</param>
    /// <param name="tensors">The tensors, at least one.</param>
    /// <exception cref="ShapeMismatchException">The shapes differ, or there is no such place.</exception>
    /// <exception cref="ArgumentException">There are no tensors.</exception>
    public static Tensor Stack(int axis, params Tensor[] tensors) => new(Rearranging.Stack(axis, Array.ConvertAll(tensors, tensor => tensor.Values)));

    /// <summary>Parts of an axis, one after the other. PyTorch: <c>split</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="sizes">The parts' sizes, which add up to that of the axis.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or the sizes add up to another.</exception>
    public Tensor[] Split(int axis, params int[] sizes) => Array.ConvertAll(Rearranging.Split(Values, axis, sizes), part => new Tensor(part));

    /// <summary>An axis in parts of equal size, the last one smaller if need be. PyTorch: <c>chunk</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="count">How many parts, or fewer where there are not so many.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public Tensor[] Chunk(int axis, int count) => Array.ConvertAll(Rearranging.Chunk(Values, axis, count), part => new Tensor(part));

    /// <summary>Axes of size 1, and missing ones before the others, repeated. PyTorch: <c>expand</c>.</summary>
    /// <param name="sizes">All sizes of the result; −1 for one that stays.</param>
    /// <exception cref="ShapeMismatchException">A size is neither 1 nor the result's.</exception>
    public Tensor Expand(params int[] sizes) => new(Rearranging.Expand(Values, sizes));

    /// <summary>The whole tensor repeated along its axes. PyTorch: <c>tile</c>.</summary>
    /// <param name="repeats">How often for each axis; missing ones before the others are 1, and more than there are axes add axes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than 1.</exception>
    public Tensor Tile(params int[] repeats) => new(Rearranging.Tile(Values, repeats));

    /// <summary>Each element of an axis repeated. PyTorch: <c>repeat_interleave</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="count">How often.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public Tensor Repeat(int axis, int count) => new(Rearranging.Repeat(Values, axis, count));

    /// <summary>The elements of an axis in reverse order. PyTorch: <c>flip</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Flip(int axis) => new(Rearranging.Flip(Values, axis));

    /// <summary>The elements of an axis moved on; those that leave at one end come in at the other. PyTorch: <c>roll</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="shift">By how many places, backwards where negative.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Roll(int axis, int shift) => new(Rearranging.Roll(Values, axis, shift));

    /// <summary>More elements before and after those of an axis. PyTorch: <c>functional.pad</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="before">How many before.</param>
    /// <param name="after">How many after.</param>
    /// <param name="mode">What they are.</param>
    /// <param name="value">The number, for <see cref="PadMode.Constant"/>.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or it has too few elements to reflect.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public Tensor Pad(int axis, int before, int after, PadMode mode = PadMode.Constant, float value = 0) => new(Rearranging.Pad(Values, axis, before, after, mode, value));

    /// <summary>Matrices with zeros above a diagonal. PyTorch: <c>tril</c>.</summary>
    /// <param name="diagonal">The last diagonal that stays: 0 is the main one, 1 the one above it.</param>
    /// <exception cref="ShapeMismatchException">There are fewer than two axes.</exception>
    public Tensor LowerTriangle(int diagonal = 0) => new(Rearranging.Triangle(Values, diagonal, lower: true));

    /// <summary>Matrices with zeros below a diagonal. PyTorch: <c>triu</c>.</summary>
    /// <param name="diagonal">The first diagonal that stays: 0 is the main one, 1 the one above it.</param>
    /// <exception cref="ShapeMismatchException">There are fewer than two axes.</exception>
    public Tensor UpperTriangle(int diagonal = 0) => new(Rearranging.Triangle(Values, diagonal, lower: false));

    /// <summary>The sums of the first elements along an axis: yₜ = x₀ + … + xₜ. PyTorch: <c>cumsum</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor CumSum(int axis) => new(Lines.CumSum(Values, axis));

    /// <summary>The products of the first elements along an axis: yₜ = x₀·…·xₜ; the gradient is exact at zeros. PyTorch: <c>cumprod</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor CumProd(int axis) => new(Lines.CumProd(Values, axis));

    /// <summary>Elements along an axis by number: y[…, k, …] = x[…, ids[…, k, …], …]. PyTorch: <c>gather</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="ids">The numbers; their shape is the tensor's but along the axis, and that of the result.</param>
    /// <exception cref="ShapeMismatchException">The shapes don't fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of the axis.</exception>
    public Tensor Gather(int axis, Tensor<int> ids) => new(Lines.Take(Values, axis, ids.Values));

    /// <summary>The tensor with values added along an axis by number: y[…, ids[…, k, …], …] += values[…, k, …]. PyTorch: <c>scatter_add</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="ids">The numbers; their shape is the tensor's but along the axis.</param>
    /// <param name="values">The values, one for each id.</param>
    /// <exception cref="ShapeMismatchException">The shapes don't fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of the axis.</exception>
    public Tensor ScatterAdd(int axis, Tensor<int> ids, Tensor values) => new(Lines.Add(Values, axis, ids.Values, values.Values));

    /// <summary>The same positions of an axis for all lines. PyTorch: <c>index_select</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="ids">The positions, a vector.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or the ids are no vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside of the axis.</exception>
    public Tensor IndexSelect(int axis, Tensor<int> ids) => new(Lines.Select(Values, axis, ids.Values));

    /// <summary>The elements of an axis in the order of their values; NaN is the largest. PyTorch: <c>sort</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="descending">The largest first.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Sort(int axis = -1, bool descending = false) => new(Lines.Sort(Values, axis, descending));

    /// <summary>The positions of an axis' elements in the order of their values: equal ones keep theirs, NaN is the largest. PyTorch: <c>argsort</c>.</summary>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="descending">The largest first.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor<int> ArgSort(int axis = -1, bool descending = false) => new(Lines.ArgSort(Values, axis, descending));

    /// <summary>The outer product of the last axes: […, n] and […, m] → […, n, m]; leading axes broadcast. PyTorch: <c>outer</c>.</summary>
    /// <param name="other">The right factor.</param>
    /// <exception cref="ShapeMismatchException">An operand is a scalar, or the leading axes can't be broadcast.</exception>
    public Tensor Outer(Tensor other) => new(Elementwise.Multiply(Rearranging.Unsqueeze(Values, -1), Rearranging.Unsqueeze(other.Values, -2)));

    /// <summary>Products of elements, summed over the letters that the result does not have: <c>"nqd,nkd-&gt;nqk"</c> (Einstein 1916). In a model the equation is checked
    /// at compile time. PyTorch: <c>einsum</c>.</summary>
    /// <param name="equation">A letter for each axis of each operand; without an arrow the result has the letters that occur once, in alphabetical order.</param>
    /// <param name="tensors">The operands.</param>
    /// <exception cref="ShapeMismatchException">A tensor does not fit its letters.</exception>
    /// <exception cref="ArgumentException">The equation can't be read.</exception>
    public static Tensor Einsum(string equation, params Tensor[] tensors) => new(EinsteinSum.Compute(equation, Array.ConvertAll(tensors, tensor => tensor.Values)));

    /// <summary>The largest or smallest elements of an axis in their order, and their positions; NaN is the largest. PyTorch: <c>topk</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="largest">The largest, else the smallest.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The axis has fewer elements.</exception>
    public (Tensor Values, Tensor<int> Indices) TopK(int count, int axis = -1, bool largest = true)
    {
        var (values, order) = Lines.First(Values, count, axis, largest);
        return (new(values), new(order));
    }
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Unsqueeze"/>
        public Tensor<double> Unsqueeze(int axis) => new(Rearranging.Unsqueeze(x.Values, axis));

        /// <inheritdoc cref="Tensor.Squeeze"/>
        public Tensor<double> Squeeze(int axis) => new(Rearranging.Squeeze(x.Values, axis));

        /// <inheritdoc cref="Tensor.Stack"/>
        public static Tensor<double> Stack(int axis, params Tensor<double>[] tensors) => new(Rearranging.Stack(axis, Array.ConvertAll(tensors, tensor => tensor.Values)));

        /// <inheritdoc cref="Tensor.Split"/>
        public Tensor<double>[] Split(int axis, params int[] sizes) => Array.ConvertAll(Rearranging.Split(x.Values, axis, sizes), part => new Tensor<double>(part));

        /// <inheritdoc cref="Tensor.Chunk"/>
        public Tensor<double>[] Chunk(int axis, int count) => Array.ConvertAll(Rearranging.Chunk(x.Values, axis, count), part => new Tensor<double>(part));

        /// <inheritdoc cref="Tensor.Expand"/>
        public Tensor<double> Expand(params int[] sizes) => new(Rearranging.Expand(x.Values, sizes));

        /// <inheritdoc cref="Tensor.Tile"/>
        public Tensor<double> Tile(params int[] repeats) => new(Rearranging.Tile(x.Values, repeats));

        /// <inheritdoc cref="Tensor.Repeat"/>
        public Tensor<double> Repeat(int axis, int count) => new(Rearranging.Repeat(x.Values, axis, count));

        /// <inheritdoc cref="Tensor.Flip"/>
        public Tensor<double> Flip(int axis) => new(Rearranging.Flip(x.Values, axis));

        /// <inheritdoc cref="Tensor.Roll"/>
        public Tensor<double> Roll(int axis, int shift) => new(Rearranging.Roll(x.Values, axis, shift));

        /// <inheritdoc cref="Tensor.Pad"/>
        public Tensor<double> Pad(int axis, int before, int after, PadMode mode = PadMode.Constant, double value = 0) => new(Rearranging.Pad(x.Values, axis, before, after, mode, value));

        /// <inheritdoc cref="Tensor.LowerTriangle"/>
        public Tensor<double> LowerTriangle(int diagonal = 0) => new(Rearranging.Triangle(x.Values, diagonal, lower: true));

        /// <inheritdoc cref="Tensor.UpperTriangle"/>
        public Tensor<double> UpperTriangle(int diagonal = 0) => new(Rearranging.Triangle(x.Values, diagonal, lower: false));

        /// <inheritdoc cref="Tensor.CumSum"/>
        public Tensor<double> CumSum(int axis) => new(Lines.CumSum(x.Values, axis));

        /// <inheritdoc cref="Tensor.CumProd"/>
        public Tensor<double> CumProd(int axis) => new(Lines.CumProd(x.Values, axis));

        /// <inheritdoc cref="Tensor.Gather"/>
        public Tensor<double> Gather(int axis, Tensor<int> ids) => new(Lines.Take(x.Values, axis, ids.Values));

        /// <inheritdoc cref="Tensor.ScatterAdd"/>
        public Tensor<double> ScatterAdd(int axis, Tensor<int> ids, Tensor<double> values) => new(Lines.Add(x.Values, axis, ids.Values, values.Values));

        /// <inheritdoc cref="Tensor.IndexSelect"/>
        public Tensor<double> IndexSelect(int axis, Tensor<int> ids) => new(Lines.Select(x.Values, axis, ids.Values));

        /// <inheritdoc cref="Tensor.Sort"/>
        public Tensor<double> Sort(int axis = -1, bool descending = false) => new(Lines.Sort(x.Values, axis, descending));

        /// <inheritdoc cref="Tensor.ArgSort"/>
        public Tensor<int> ArgSort(int axis = -1, bool descending = false) => new(Lines.ArgSort(x.Values, axis, descending));

        /// <inheritdoc cref="Tensor.Outer"/>
        public Tensor<double> Outer(Tensor<double> other) => new(Elementwise.Multiply(Rearranging.Unsqueeze(x.Values, -1), Rearranging.Unsqueeze(other.Values, -2)));

        /// <inheritdoc cref="Tensor.Einsum"/>
        public static Tensor<double> Einsum(string equation, params Tensor<double>[] tensors) => new(EinsteinSum.Compute(equation, Array.ConvertAll(tensors, tensor => tensor.Values)));

        /// <inheritdoc cref="Tensor.TopK"/>
        public (Tensor<double> Values, Tensor<int> Indices) TopK(int count, int axis = -1, bool largest = true)
        {
            var (values, order) = Lines.First(x.Values, count, axis, largest);
            return (new(values), new(order));
        }
    }
}
