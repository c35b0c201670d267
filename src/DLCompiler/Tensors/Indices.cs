using System;
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

    /// <summary>1 where the last axis' index is the id, else 0: […] → […, classes]. PyTorch: <c>functional.one_hot</c>.</summary>
    /// <param name="ids">The ids; those that a model is given are checked to be below the number of classes.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    public static Tensor OneHot(this Tensor<int> ids, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var result = new DenseArray<float>(new TensorShape([.. ids.Shape.AsSpan(), classes]));
        for (int index = 0; index < result.Elements.Length; index++) result.Elements[index] = ids.Values.Elements[index / classes] == index % classes ? 1 : 0;
        return new(result);
    }

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
