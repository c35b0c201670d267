using DLCompiler.Operations;

namespace DLCompiler;

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Relu"/>
        public Tensor<double> Relu() => new(Elementwise.Relu(x.Values));

        /// <inheritdoc cref="Tensor.LeakyRelu"/>
        public Tensor<double> LeakyRelu(double slope = 0.01) => new(Elementwise.LeakyRelu(x.Values, slope));

        /// <inheritdoc cref="Tensor.Tanh"/>
        public Tensor<double> Tanh() => new(Elementwise.Tanh(x.Values));

        /// <inheritdoc cref="Tensor.Sigmoid"/>
        public Tensor<double> Sigmoid() => new(Elementwise.Sigmoid(x.Values));

        /// <inheritdoc cref="Tensor.Gelu"/>
        public Tensor<double> Gelu() => new(Elementwise.Gelu(x.Values));

        /// <inheritdoc cref="Tensor.Exp"/>
        public Tensor<double> Exp() => new(Elementwise.Exp(x.Values));

        /// <inheritdoc cref="Tensor.Log"/>
        public Tensor<double> Log() => new(Elementwise.Log(x.Values));

        /// <inheritdoc cref="Tensor.Sqrt"/>
        public Tensor<double> Sqrt() => new(Elementwise.Sqrt(x.Values));

        /// <inheritdoc cref="Tensor.Square"/>
        public Tensor<double> Square() => new(Elementwise.Square(x.Values));

        /// <inheritdoc cref="Tensor.Abs"/>
        public Tensor<double> Abs() => new(Elementwise.Abs(x.Values));

        /// <inheritdoc cref="Tensor.Pow(float)"/>
        public Tensor<double> Pow(double exponent) => new(Elementwise.Pow(x.Values, exponent));

        /// <inheritdoc cref="Tensor.Pow(Tensor)"/>
        public Tensor<double> Pow(Tensor<double> exponent) => new(Elementwise.Pow(x.Values, exponent.Values));

        /// <inheritdoc cref="Tensor.Softmax"/>
        public Tensor<double> Softmax(int axis = -1) => new(Normalization.Softmax(x.Values, axis));

        /// <summary>The same numbers, rounded to float32.</summary>
        public Tensor ToSingle() => new(x.Values.Map(value => (float)value));
    }
}
