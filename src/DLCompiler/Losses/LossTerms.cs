using System;

namespace DLCompiler.Operations;

/// <summary>The loss of one number x of a prediction and y of its target, in double precision.</summary>
internal static class LossTerms
{
    // PyTorch's bound on the logarithms of binary cross-entropy, which keeps a certain but wrong prediction finite.
    private const double SmallestLogarithm = -100;

    /// <summary>The loss that <see cref="TrainAttribute"/> names, with its default numbers.</summary>
    public static Func<double, double, double> Of(Loss loss) => loss switch
    {
        Loss.SigmoidCrossEntropy => (x, y) => SigmoidCrossEntropy(x, y, 1),
        Loss.BinaryCrossEntropy => BinaryCrossEntropy,
        Loss.MeanAbsoluteError => AbsoluteError,
        Loss.Huber => (x, y) => Huber(x, y, 1),
        Loss.SmoothL1 => (x, y) => SmoothL1(x, y, 1),
        Loss.LogCosh => LogCosh,
        Loss.SigmoidFocalCrossEntropy => (x, y) => SigmoidFocalCrossEntropy(x, y, 0.25, 2),
        Loss.KullbackLeibler => KullbackLeibler,
        Loss.Hinge => Hinge,
        Loss.SquaredHinge => (x, y) => Hinge(x, y) * Hinge(x, y),
        Loss.PoissonNegativeLogLikelihood => (x, y) => Poisson(x, y, logInput: true, full: false),
        _ => SquaredError,
    };

    public static double SquaredError(double x, double y) => (x - y) * (x - y);

    public static double AbsoluteError(double x, double y) => Math.Abs(x - y);

    public static double Huber(double x, double y, double delta)
    {
        double size = Math.Abs(x - y);
        return size < delta ? 0.5 * size * size : delta * (size - (0.5 * delta));
    }

    public static double SmoothL1(double x, double y, double beta)
    {
        double size = Math.Abs(x - y);
        return size < beta ? 0.5 * size * size / beta : size - (0.5 * beta);
    }

    public static double LogCosh(double x, double y) => x - y + Activation.Softplus(-2 * (x - y)) - Math.Log(2);

    public static double SigmoidCrossEntropy(double x, double y, double positiveWeight) =>
        ((1 - y) * x) + ((1 + ((positiveWeight - 1) * y)) * Activation.Softplus(-x));

    public static double BinaryCrossEntropy(double x, double y) => -((y * Logarithm(x)) + ((1 - y) * Logarithm(1 - x)));

    public static double SigmoidFocalCrossEntropy(double x, double y, double alpha, double gamma)
    {
        double p = Math.Exp(-Activation.Softplus(-x)), wrong = (p * (1 - y)) + ((1 - p) * y);
        return ((alpha * y) + ((1 - alpha) * (1 - y))) * Math.Pow(wrong, gamma) * SigmoidCrossEntropy(x, y, 1);
    }

    public static double KullbackLeibler(double x, double y) => y <= 0 ? 0 : y * (Math.Log(y) - x);

    public static double Hinge(double x, double y) => Math.Max(0, 1 - (x * y));

    public static double Poisson(double x, double y, bool logInput, bool full)
    {
        double loss = logInput ? Math.Exp(x) - (y * x) : x - (y * Math.Log(x + 1e-8));
        return full && y > 1 ? loss + (y * Math.Log(y)) - y + (0.5 * Math.Log(2 * Math.PI * y)) : loss;
    }

    private static double Logarithm(double value) => Math.Max(Math.Log(value), SmallestLogarithm);
}
