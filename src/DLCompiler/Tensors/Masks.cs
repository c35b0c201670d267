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
