using DLCompiler.Operations;

namespace DLCompiler;

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.SoftmaxCrossEntropy(Tensor{int}, float, int?, float[], Tensor, Reduction)"/>
        public Tensor<double> SoftmaxCrossEntropy(
            Tensor<int> labels, double labelSmoothing = 0, int? ignoreIndex = null, float[]? classWeights = null, Tensor<double>? weight = null,
            Reduction reduction = Reduction.Mean) =>
            new(ClassLosses.OfLabels(x.Values, labels.Values, isLogarithm: false, labelSmoothing, ignoreIndex, classWeights, weight?.Values, reduction));

        /// <inheritdoc cref="Tensor.SoftmaxCrossEntropy(Tensor, float, float[], Tensor, Reduction)"/>
        public Tensor<double> SoftmaxCrossEntropy(
            Tensor<double> target, double labelSmoothing = 0, float[]? classWeights = null, Tensor<double>? weight = null,
            Reduction reduction = Reduction.Mean) =>
            new(ClassLosses.OfProbabilities(x.Values, target.Values, labelSmoothing, classWeights, weight?.Values, reduction));

        /// <inheritdoc cref="Tensor.NegativeLogLikelihood"/>
        public Tensor<double> NegativeLogLikelihood(
            Tensor<int> labels, int? ignoreIndex = null, float[]? classWeights = null, Tensor<double>? weight = null,
            Reduction reduction = Reduction.Mean) =>
            new(ClassLosses.OfLabels(x.Values, labels.Values, isLogarithm: true, 0, ignoreIndex, classWeights, weight?.Values, reduction));

        /// <inheritdoc cref="Tensor.MeanSquaredError"/>
        public Tensor<double> MeanSquaredError(Tensor<double> target, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction, LossTerms.SquaredError));

        /// <inheritdoc cref="Tensor.MeanAbsoluteError"/>
        public Tensor<double> MeanAbsoluteError(Tensor<double> target, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction, LossTerms.AbsoluteError));

        /// <inheritdoc cref="Tensor.Huber"/>
        public Tensor<double> Huber(Tensor<double> target, double delta = 1, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction, (value, goal) => LossTerms.Huber(value, goal, delta)));

        /// <inheritdoc cref="Tensor.SmoothL1"/>
        public Tensor<double> SmoothL1(Tensor<double> target, double beta = 1, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction, (value, goal) => LossTerms.SmoothL1(value, goal, beta)));

        /// <inheritdoc cref="Tensor.LogCosh"/>
        public Tensor<double> LogCosh(Tensor<double> target, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction, LossTerms.LogCosh));

        /// <inheritdoc cref="Tensor.SigmoidCrossEntropy(Tensor, float, Tensor, Reduction)"/>
        public Tensor<double> SigmoidCrossEntropy(
            Tensor<double> target, double positiveWeight = 1, Tensor<double>? weight = null,
            Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction,
                (value, goal) => LossTerms.SigmoidCrossEntropy(value, goal, positiveWeight)));

        /// <inheritdoc cref="Tensor.SigmoidCrossEntropy(float)"/>
        public Tensor<double> SigmoidCrossEntropy(double target) => new(LossFunctions.SigmoidCrossEntropy(x.Values, target));

        /// <inheritdoc cref="Tensor.BinaryCrossEntropy"/>
        public Tensor<double> BinaryCrossEntropy(Tensor<double> target, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction, LossTerms.BinaryCrossEntropy));

        /// <inheritdoc cref="Tensor.SigmoidFocalCrossEntropy"/>
        public Tensor<double> SigmoidFocalCrossEntropy(
            Tensor<double> target, double alpha = 0.25, double gamma = 2, Tensor<double>? weight = null,
            Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction,
                (value, goal) => LossTerms.SigmoidFocalCrossEntropy(value, goal, alpha, gamma)));

        /// <inheritdoc cref="Tensor.KullbackLeibler"/>
        public Tensor<double> KullbackLeibler(Tensor<double> target, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction, LossTerms.KullbackLeibler));

        /// <inheritdoc cref="Tensor.Hinge"/>
        public Tensor<double> Hinge(Tensor<double> target, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction, LossTerms.Hinge));

        /// <inheritdoc cref="Tensor.SquaredHinge"/>
        public Tensor<double> SquaredHinge(Tensor<double> target, Tensor<double>? weight = null, Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction,
                (value, goal) => LossTerms.Hinge(value, goal) * LossTerms.Hinge(value, goal)));

        /// <inheritdoc cref="Tensor.PoissonNegativeLogLikelihood"/>
        public Tensor<double> PoissonNegativeLogLikelihood(
            Tensor<double> target, bool logInput = true, bool full = false, Tensor<double>? weight = null,
            Reduction reduction = Reduction.Mean) =>
            new(LossFunctions.OfElements(x.Values, target.Values, weight?.Values, reduction, (value, goal) => LossTerms.Poisson(value, goal, logInput, full)));
    }
}
