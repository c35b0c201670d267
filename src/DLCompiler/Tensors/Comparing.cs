using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>Where elements are below those of another tensor, with broadcasting; false for NaN. PyTorch: <c>&lt;</c>.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor<bool> operator <(Tensor left, Tensor right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a < b));

    /// <summary>Where elements are below a number; false for NaN.</summary>
    public static Tensor<bool> operator <(Tensor left, float right) => new(left.Values.Map(value => value < right));

    /// <summary>Where a number is below the elements; false for NaN.</summary>
    public static Tensor<bool> operator <(float left, Tensor right) => new(right.Values.Map(value => left < value));

    /// <summary>Where elements are not above those of another tensor, with broadcasting; false for NaN. PyTorch: <c>&lt;=</c>.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor<bool> operator <=(Tensor left, Tensor right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a <= b));

    /// <summary>Where elements are not above a number; false for NaN.</summary>
    public static Tensor<bool> operator <=(Tensor left, float right) => new(left.Values.Map(value => value <= right));

    /// <summary>Where a number is not above the elements; false for NaN.</summary>
    public static Tensor<bool> operator <=(float left, Tensor right) => new(right.Values.Map(value => left <= value));

    /// <summary>Where elements are above those of another tensor, with broadcasting; false for NaN. PyTorch: <c>&gt;</c>.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor<bool> operator >(Tensor left, Tensor right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a > b));

    /// <summary>Where elements are above a number; false for NaN.</summary>
    public static Tensor<bool> operator >(Tensor left, float right) => new(left.Values.Map(value => value > right));

    /// <summary>Where a number is above the elements; false for NaN.</summary>
    public static Tensor<bool> operator >(float left, Tensor right) => new(right.Values.Map(value => left > value));

    /// <summary>Where elements are not below those of another tensor, with broadcasting; false for NaN. PyTorch: <c>&gt;=</c>.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor<bool> operator >=(Tensor left, Tensor right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a >= b));

    /// <summary>Where elements are not below a number; false for NaN.</summary>
    public static Tensor<bool> operator >=(Tensor left, float right) => new(left.Values.Map(value => value >= right));

    /// <summary>Where a number is not below the elements; false for NaN.</summary>
    public static Tensor<bool> operator >=(float left, Tensor right) => new(right.Values.Map(value => left >= value));

    /// <summary>Where elements are equal to those of another tensor, with broadcasting; false for NaN. PyTorch: <c>eq</c>.</summary>
    /// <param name="other">What they are compared with.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public Tensor<bool> EqualTo(Tensor other) => new(Elementwise.Combine(Values, other.Values, "compare", (a, b) => a == b));

    /// <summary>Where elements are equal to a number; false for NaN.</summary>
    /// <param name="other">What they are compared with.</param>
    public Tensor<bool> EqualTo(float other) => new(Values.Map(value => value == other));

    /// <summary>Where elements are other than those of another tensor, with broadcasting; true for NaN. PyTorch: <c>ne</c>.</summary>
    /// <param name="other">What they are compared with.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public Tensor<bool> NotEqualTo(Tensor other) => new(Elementwise.Combine(Values, other.Values, "compare", (a, b) => a != b));

    /// <summary>Where elements are other than a number; true for NaN.</summary>
    /// <param name="other">What they are compared with.</param>
    public Tensor<bool> NotEqualTo(float other) => new(Values.Map(value => value != other));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.operator &lt;(Tensor, Tensor)"/>
        public static Tensor<bool> operator <(Tensor<double> left, Tensor<double> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a < b));

        /// <inheritdoc cref="Tensor.operator &lt;(Tensor, float)"/>
        public static Tensor<bool> operator <(Tensor<double> left, double right) => new(left.Values.Map(value => value < right));

        /// <inheritdoc cref="Tensor.operator &lt;(float, Tensor)"/>
        public static Tensor<bool> operator <(double left, Tensor<double> right) => new(right.Values.Map(value => left < value));

        /// <inheritdoc cref="Tensor.operator &lt;=(Tensor, Tensor)"/>
        public static Tensor<bool> operator <=(Tensor<double> left, Tensor<double> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a <= b));

        /// <inheritdoc cref="Tensor.operator &lt;=(Tensor, float)"/>
        public static Tensor<bool> operator <=(Tensor<double> left, double right) => new(left.Values.Map(value => value <= right));

        /// <inheritdoc cref="Tensor.operator &lt;=(float, Tensor)"/>
        public static Tensor<bool> operator <=(double left, Tensor<double> right) => new(right.Values.Map(value => left <= value));

        /// <inheritdoc cref="Tensor.operator &gt;(Tensor, Tensor)"/>
        public static Tensor<bool> operator >(Tensor<double> left, Tensor<double> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a > b));

        /// <inheritdoc cref="Tensor.operator &gt;(Tensor, float)"/>
        public static Tensor<bool> operator >(Tensor<double> left, double right) => new(left.Values.Map(value => value > right));

        /// <inheritdoc cref="Tensor.operator &gt;(float, Tensor)"/>
        public static Tensor<bool> operator >(double left, Tensor<double> right) => new(right.Values.Map(value => left > value));

        /// <inheritdoc cref="Tensor.operator &gt;=(Tensor, Tensor)"/>
        public static Tensor<bool> operator >=(Tensor<double> left, Tensor<double> right) => new(Elementwise.Combine(left.Values, right.Values, "compare", (a, b) => a >= b));

        /// <inheritdoc cref="Tensor.operator &gt;=(Tensor, float)"/>
        public static Tensor<bool> operator >=(Tensor<double> left, double right) => new(left.Values.Map(value => value >= right));

        /// <inheritdoc cref="Tensor.operator &gt;=(float, Tensor)"/>
        public static Tensor<bool> operator >=(double left, Tensor<double> right) => new(right.Values.Map(value => left >= value));

        /// <inheritdoc cref="Tensor.EqualTo(Tensor)"/>
        public Tensor<bool> EqualTo(Tensor<double> other) => new(Elementwise.Combine(x.Values, other.Values, "compare", (a, b) => a == b));

        /// <inheritdoc cref="Tensor.EqualTo(float)"/>
        public Tensor<bool> EqualTo(double other) => new(x.Values.Map(value => value == other));

        /// <inheritdoc cref="Tensor.NotEqualTo(Tensor)"/>
        public Tensor<bool> NotEqualTo(Tensor<double> other) => new(Elementwise.Combine(x.Values, other.Values, "compare", (a, b) => a != b));

        /// <inheritdoc cref="Tensor.NotEqualTo(float)"/>
        public Tensor<bool> NotEqualTo(double other) => new(x.Values.Map(value => value != other));
    }
}
