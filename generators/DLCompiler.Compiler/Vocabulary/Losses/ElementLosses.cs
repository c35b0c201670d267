using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>Losses of each element x of a prediction and y of a target of its shape.</summary>
internal static class ElementLosses
{
    private const double SmallestLogarithm = -100, LnTwo = 0.69314718055994531, HalfLnTwoPi = 0.91893853320467274;

    public static IEnumerable<LossDefinition> Definitions =>
    [
        Of(LossKind.MeanSquaredError, "numbers", _ => (X - Y) * (X - Y)),
        Of(LossKind.SigmoidCrossEntropy, "logits", SigmoidCrossEntropy),
        Of(LossKind.BinaryCrossEntropy, "probabilities", _ => -((Y * Logarithm(X)) + ((1.0 - Y) * Logarithm(1.0 - X)))),
        Of(LossKind.MeanAbsoluteError, "numbers", _ => Call(UnaryFunction.Abs, X - Y)),
        Of(LossKind.Huber, "numbers", Huber),
        Of(LossKind.SmoothL1, "numbers", SmoothL1),
        // log cosh d = d + softplus(−2d) − log 2, which does not overflow.
        Of(LossKind.LogCosh, "numbers", _ => X - Y + Call(UnaryFunction.Softplus, -2.0 * (X - Y)) - LnTwo),
        Of(LossKind.SigmoidFocalCrossEntropy, "logits", Focal),
        // 0·log 0 is 0.
        Of(LossKind.KullbackLeibler, "log-probabilities", _ => If(Y, Comparison.LessOrEqual, 0, 0.0, Y * (Call(UnaryFunction.Log, Y) - X))),
        Of(LossKind.Hinge, "numbers", _ => Margin()),
        Of(LossKind.SquaredHinge, "numbers", _ => Margin() * Margin()),
        Of(LossKind.PoissonNegativeLogLikelihood, "logarithms of rates", Poisson),
    ];

    private static LossDefinition Of(LossKind kind, string expected, Func<ArgumentSet, ScalarExpression> loss) =>
        new(kind, "target", LossDefinition.SameShape, expected,
            (graph, arguments, prediction, target) => LossReduction.Apply(graph, arguments, graph.Map(loss(arguments), prediction, target)));

    // (1 − y)·x + (1 + (w − 1)·y)·softplus(−x), which does not overflow.
    private static ScalarExpression SigmoidCrossEntropy(ArgumentSet arguments)
    {
        double weight = Positive(arguments, "positiveWeight", 1);
        ScalarExpression bend = Call(UnaryFunction.Softplus, -X);
        return ((1.0 - Y) * X) + (weight == 1 ? bend : (1.0 + ((weight - 1) * Y)) * bend);
    }

    // Huber 1964.
    private static ScalarExpression Huber(ArgumentSet arguments)
    {
        double delta = Positive(arguments, "delta", 1);
        ScalarExpression size = Call(UnaryFunction.Abs, X - Y);
        return If(size, Comparison.Less, delta, 0.5 * (X - Y) * (X - Y), delta * (size - (0.5 * delta)));
    }

    // Girshick, "Fast R-CNN", 2015.
    private static ScalarExpression SmoothL1(ArgumentSet arguments)
    {
        double beta = arguments.Number("beta", 1);
        if (!(beta >= 0)) throw Checks.Wrong(arguments, "beta", $"is {Checks.Text(beta)}; it must be at least 0");
        ScalarExpression size = Call(UnaryFunction.Abs, X - Y);
        return beta == 0 ? size : If(size, Comparison.Less, beta, (0.5 / beta) * (X - Y) * (X - Y), size - (0.5 * beta));
    }

    // Lin et al., "Focal loss for dense object detection", 2017: (1 − p)^γ times the cross-entropy, p the probability of the right answer.
    private static ScalarExpression Focal(ArgumentSet arguments)
    {
        double alpha = arguments.Number("alpha", 0.25), gamma = arguments.Number("gamma", 2);
        if (!(alpha is >= 0 and <= 1)) throw Checks.Wrong(arguments, "alpha", $"is {Checks.Text(alpha)}; it must be between 0 and 1");
        if (!(gamma >= 0)) throw Checks.Wrong(arguments, "gamma", $"is {Checks.Text(gamma)}; it must be at least 0");
        ScalarExpression p = Call(UnaryFunction.Sigmoid, X), wrong = (p * (1.0 - Y)) + ((1.0 - p) * Y);
        ScalarExpression crossEntropy = ((1.0 - Y) * X) + Call(UnaryFunction.Softplus, -X);
        ScalarExpression focus = gamma switch { 0 => 1.0, 1 => wrong, 2 => wrong * wrong, _ => Call(BinaryFunction.Power, wrong, gamma) };
        return ((alpha * Y) + ((1 - alpha) * (1.0 - Y))) * focus * crossEntropy;
    }

    // Stirling's approximation of log y! for counts above 1, as PyTorch's.
    private static ScalarExpression Poisson(ArgumentSet arguments)
    {
        ScalarExpression loss = arguments.Flag("logInput", true)
            ? Call(UnaryFunction.Exp, X) - (Y * X)
            : X - (Y * Call(UnaryFunction.Log, X + 1e-8));
        if (!arguments.Flag("full", false)) return loss;
        ScalarExpression logarithm = Call(UnaryFunction.Log, Y);
        return loss + If(Y, Comparison.Greater, 1, (Y * logarithm) - Y + (0.5 * logarithm) + HalfLnTwoPi, 0.0);
    }

    private static ScalarExpression Margin() => Call(BinaryFunction.Max, 0.0, 1.0 - (X * Y));

    // Logarithms are at least −100, as in PyTorch, so that 0 and 1 stay finite.
    private static ScalarExpression Logarithm(ScalarExpression value) => Call(BinaryFunction.Max, SmallestLogarithm, Call(UnaryFunction.Log, value));

    private static double Positive(ArgumentSet arguments, string name, double fallback)
    {
        double value = arguments.Number(name, fallback);
        return value > 0 ? value : throw Checks.Wrong(arguments, name, $"is {Checks.Text(value)}; it must be positive");
    }

    private static ScalarExpression If(ScalarExpression left, Comparison comparison, double right, ScalarExpression ifTrue, ScalarExpression ifFalse) =>
        new ScalarExpression.Select(new ScalarExpression.Compare(comparison, left, right), ifTrue, ifFalse);
}
