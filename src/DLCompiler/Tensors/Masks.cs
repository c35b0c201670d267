using System;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>Logic on masks, tensors of truth values such as comparisons give. They have no gradient.</summary>
public static partial class MaskOperations
{
    /// <summary>Where both masks are true, with broadcasting. PyTorch: <c>logical_and</c>.</summary>
    /// <param name="left">A mask.</param>
    /// <param name="right">Another.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor<bool> And(this Tensor<bool> left, Tensor<bool> right) => new(
        Elementwise.Combine(left.Values, right.Values, "combine the masks", (a, b) => a & b));

    /// <summary>Where a mask is true, or both are, with broadcasting. PyTorch: <c>logical_or</c>.</summary>
    /// <param name="left">A mask.</param>
    /// <param name="right">Another.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor<bool> Or(this Tensor<bool> left, Tensor<bool> right) => new(
        Elementwise.Combine(left.Values, right.Values, "combine the masks", (a, b) => a | b));

    /// <summary>Where exactly one mask is true, with broadcasting. PyTorch: <c>logical_xor</c>.</summary>
    /// <param name="left">A mask.</param>
    /// <param name="right">Another.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor<bool> Xor(this Tensor<bool> left, Tensor<bool> right) => new(
        Elementwise.Combine(left.Values, right.Values, "combine the masks", (a, b) => a ^ b));

    /// <summary>The opposite mask. PyTorch: <c>logical_not</c>.</summary>
    /// <param name="mask">A mask.</param>
    public static Tensor<bool> Not(this Tensor<bool> mask) => new(mask.Values.Map(value => !value));

    /// <summary>1 where the mask is true, 0 elsewhere. PyTorch: <c>float</c>.</summary>
    /// <param name="mask">A mask.</param>
    public static Tensor ToSingle(this Tensor<bool> mask) => new(mask.Values.Map(value => value ? 1f : 0f));

    /// <summary>Whether at least one element is true, a scalar. PyTorch: <c>any</c>.</summary>
    /// <param name="mask">A mask.</param>
    public static Tensor<bool> Any(this Tensor<bool> mask) => new(Lines.Reduce(mask.Values, null, false, "search", line => Array.IndexOf(line, true) >= 0));

    /// <summary>Whether at least one element is true along an axis. PyTorch: <c>any</c>.</summary>
    /// <param name="mask">A mask.</param>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public static Tensor<bool> Any(this Tensor<bool> mask, int axis, bool keepDimensions = false) =>
        new(Lines.Reduce(mask.Values, [axis], keepDimensions, "search", line => Array.IndexOf(line, true) >= 0));

    /// <summary>Whether every element is true, a scalar. PyTorch: <c>all</c>.</summary>
    /// <param name="mask">A mask.</param>
    public static Tensor<bool> All(this Tensor<bool> mask) => new(Lines.Reduce(mask.Values, null, false, "search", line => Array.IndexOf(line, false) < 0));

    /// <summary>Whether every element is true along an axis. PyTorch: <c>all</c>.</summary>
    /// <param name="mask">A mask.</param>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public static Tensor<bool> All(this Tensor<bool> mask, int axis, bool keepDimensions = false) =>
        new(Lines.Reduce(mask.Values, [axis], keepDimensions, "search", line => Array.IndexOf(line, false) < 0));

    extension(Tensor<bool>)
    {
        /// <inheritdoc cref="And"/>
        public static Tensor<bool> operator &(Tensor<bool> left, Tensor<bool> right) => left.And(right);

        /// <inheritdoc cref="Or"/>
        public static Tensor<bool> operator |(Tensor<bool> left, Tensor<bool> right) => left.Or(right);

        /// <inheritdoc cref="Xor"/>
        public static Tensor<bool> operator ^(Tensor<bool> left, Tensor<bool> right) => left.Xor(right);

        /// <inheritdoc cref="Not"/>
        public static Tensor<bool> operator !(Tensor<bool> mask) => mask.Not();
    }
}
