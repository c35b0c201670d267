using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// <see cref="Tensor"/>'s operations on double precision: the same code with the same semantics, for checks against more exact results than float32's. The
/// compiler does not take them in a model's body.
/// </summary>
public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.operator +(Tensor, Tensor)"/>
        public static Tensor<double> operator +(Tensor<double> left, Tensor<double> right) => new(Elementwise.Add(left.Values, right.Values));

        /// <inheritdoc cref="Tensor.operator +(Tensor, float)"/>
        public static Tensor<double> operator +(Tensor<double> left, double right) => new(left.Values.Map(value => value + right));

        /// <inheritdoc cref="Tensor.operator +(float, Tensor)"/>
        public static Tensor<double> operator +(double left, Tensor<double> right) => new(right.Values.Map(value => left + value));

        /// <inheritdoc cref="Tensor.operator -(Tensor, Tensor)"/>
        public static Tensor<double> operator -(Tensor<double> left, Tensor<double> right) => new(Elementwise.Subtract(left.Values, right.Values));

        /// <inheritdoc cref="Tensor.operator -(Tensor, float)"/>
        public static Tensor<double> operator -(Tensor<double> left, double right) => new(left.Values.Map(value => value - right));

        /// <inheritdoc cref="Tensor.operator -(float, Tensor)"/>
        public static Tensor<double> operator -(double left, Tensor<double> right) => new(right.Values.Map(value => left - value));

        /// <inheritdoc cref="Tensor.operator *(Tensor, Tensor)"/>
        public static Tensor<double> operator *(Tensor<double> left, Tensor<double> right) => new(Elementwise.Multiply(left.Values, right.Values));

        /// <inheritdoc cref="Tensor.operator *(Tensor, float)"/>
        public static Tensor<double> operator *(Tensor<double> left, double right) => new(left.Values.Map(value => value * right));

        /// <inheritdoc cref="Tensor.operator *(float, Tensor)"/>
        public static Tensor<double> operator *(double left, Tensor<double> right) => new(right.Values.Map(value => left * value));

        /// <inheritdoc cref="Tensor.operator /(Tensor, Tensor)"/>
        public static Tensor<double> operator /(Tensor<double> left, Tensor<double> right) => new(Elementwise.Divide(left.Values, right.Values));

        /// <inheritdoc cref="Tensor.operator /(Tensor, float)"/>
        public static Tensor<double> operator /(Tensor<double> left, double right) => new(left.Values.Map(value => value / right));

        /// <inheritdoc cref="Tensor.operator /(float, Tensor)"/>
        public static Tensor<double> operator /(double left, Tensor<double> right) => new(right.Values.Map(value => left / value));

        /// <inheritdoc cref="Tensor.operator -(Tensor)"/>
        public static Tensor<double> operator -(Tensor<double> operand) => new(operand.Values.Map(value => -value));

        /// <inheritdoc cref="Tensor.Maximum(Tensor)"/>
        public Tensor<double> Maximum(Tensor<double> other) => new(Elementwise.Maximum(x.Values, other.Values));

        /// <inheritdoc cref="Tensor.Maximum(float)"/>
        public Tensor<double> Maximum(double other) => new(x.Values.Map(value => double.Max(value, other)));

        /// <inheritdoc cref="Tensor.Minimum(Tensor)"/>
        public Tensor<double> Minimum(Tensor<double> other) => new(Elementwise.Minimum(x.Values, other.Values));

        /// <inheritdoc cref="Tensor.Minimum(float)"/>
        public Tensor<double> Minimum(double other) => new(x.Values.Map(value => double.Min(value, other)));

        /// <inheritdoc cref="Tensor.MatMul"/>
        public Tensor<double> MatMul(Tensor<double> other) => new(MatrixProduct.Multiply(x.Values, other.Values));
    }
}
