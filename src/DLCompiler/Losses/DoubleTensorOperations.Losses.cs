using DLCompiler.Operations;

namespace DLCompiler;

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.SoftmaxCrossEntropy"/>
        public Tensor<double> SoftmaxCrossEntropy(Tensor<int> labels) => new(LossFunctions.SoftmaxCrossEntropy(x.Values, labels.Values));

        /// <inheritdoc cref="Tensor.MeanSquaredError"/>
        public Tensor<double> MeanSquaredError(Tensor<double> target) => new(LossFunctions.MeanSquaredError(x.Values, target.Values));

        /// <inheritdoc cref="Tensor.SigmoidCrossEntropy(Tensor)"/>
        public Tensor<double> SigmoidCrossEntropy(Tensor<double> target) => new(LossFunctions.SigmoidCrossEntropy(x.Values, target.Values));

        /// <inheritdoc cref="Tensor.SigmoidCrossEntropy(float)"/>
        public Tensor<double> SigmoidCrossEntropy(double target) => new(LossFunctions.SigmoidCrossEntropy(x.Values, target));

        /// <inheritdoc cref="Tensor.BinaryCrossEntropy"/>
        public Tensor<double> BinaryCrossEntropy(Tensor<double> target) => new(LossFunctions.BinaryCrossEntropy(x.Values, target.Values));
    }
}
