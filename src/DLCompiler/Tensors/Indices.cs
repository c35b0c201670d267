using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>Operations on tensors of integers: labels, token ids, positions. They have no gradient.</summary>
public static partial class IndexOperations
{
    /// <summary>Where elements are equal to those of another tensor, with broadcasting.</summary>
    /// <param name="left">The elements.</param>
    /// <param name="right">What they are compared with.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor<bool> EqualTo(this Tensor<int> left, Tensor<int> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a == b));

    /// <summary>Where elements are equal to a number: padding in a sequence of ids, say.</summary>
    /// <param name="left">The elements.</param>
    /// <param name="right">What they are compared with.</param>
    public static Tensor<bool> EqualTo(this Tensor<int> left, int right) => new(left.Values.Map(value => value == right));

    /// <summary>Where elements are other than those of another tensor, with broadcasting.</summary>
    /// <param name="left">The elements.</param>
    /// <param name="right">What they are compared with.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor<bool> NotEqualTo(this Tensor<int> left, Tensor<int> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a != b));

    /// <summary>Where elements are other than a number: padding in a sequence of ids, say.</summary>
    /// <param name="left">The elements.</param>
    /// <param name="right">What they are compared with.</param>
    public static Tensor<bool> NotEqualTo(this Tensor<int> left, int right) => new(left.Values.Map(value => value != right));

    /// <summary>The same numbers as float32. PyTorch: <c>float</c>.</summary>
    /// <param name="x">The elements.</param>
    public static Tensor ToSingle(this Tensor<int> x) => new(x.Values.Map(value => (float)value));

    /// <param name="x">The tensor.</param>
    extension(Tensor<int> x)
    {
        /// <summary>Where elements are below those of another tensor, with broadcasting.</summary>
        /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
        public static Tensor<bool> operator <(Tensor<int> left, Tensor<int> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a < b));

        /// <summary>Where elements are below a number.</summary>
        public static Tensor<bool> operator <(Tensor<int> left, int right) => new(left.Values.Map(value => value < right));

        /// <summary>Where elements are not above those of another tensor, with broadcasting.</summary>
        /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
        public static Tensor<bool> operator <=(Tensor<int> left, Tensor<int> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a <= b));

        /// <summary>Where elements are not above a number.</summary>
        public static Tensor<bool> operator <=(Tensor<int> left, int right) => new(left.Values.Map(value => value <= right));

        /// <summary>Where elements are above those of another tensor, with broadcasting.</summary>
        /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
        public static Tensor<bool> operator >(Tensor<int> left, Tensor<int> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a > b));

        /// <summary>Where elements are above a number.</summary>
        public static Tensor<bool> operator >(Tensor<int> left, int right) => new(left.Values.Map(value => value > right));

        /// <summary>Where elements are not below those of another tensor, with broadcasting.</summary>
        /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
        public static Tensor<bool> operator >=(Tensor<int> left, Tensor<int> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a >= b));

        /// <summary>Where elements are not below a number.</summary>
        public static Tensor<bool> operator >=(Tensor<int> left, int right) => new(left.Values.Map(value => value >= right));
    }
}
