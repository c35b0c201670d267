using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>
/// The activation functions beside the basic ones, as methods and as attributes of chains. Where a function has a kink, its gradient there is PyTorch's; in
/// each choice the branch that is taken last keeps a NaN.
/// </summary>
internal static class Rectifiers
{
    // Klambauer et al., "Self-normalizing neural networks", 2017: the fixed point with mean 0 and variance 1.
    private const double SeluScale = 1.0507009873554805, SeluAlpha = 1.6732632423543772;

    private static readonly (string Name, Func<ArgumentSet, ScalarExpression> Function)[] Functions =
    [
        ("Celu", Celu),
        // Clevert et al. 2015.
        ("Elu", arguments => If(X, Comparison.Greater, 0, X, arguments.Number("alpha", 1) * Call(UnaryFunction.ExpM1, X))),
        // Hendrycks and Gimpel 2016, section 2.
        ("GeluTanh", _ => 0.5 * X * (1.0 + Call(UnaryFunction.Tanh, Math.Sqrt(2 / Math.PI) * (X + (0.044715 * X * X * X))))),
        ("HardSigmoid", _ => Between(-3, 3, 0.0, 1.0, (X * (1.0 / 6)) + 0.5)),
        // Howard et al., "Searching for MobileNetV3", 2019.
        ("HardSwish", _ => Between(-3, 3, 0.0, X, X * (X + 3.0) * (1.0 / 6))),
        ("HardTanh", HardTanh),
        ("LogSigmoid", _ => -Call(UnaryFunction.Softplus, -X)),
        // Misra 2019.
        ("Mish", _ => X * Call(UnaryFunction.Tanh, Call(UnaryFunction.Softplus, X))),
        ("Relu6", _ => Between(0, 6, 0.0, 6.0, X)),
        ("Selu", _ => SeluScale * If(X, Comparison.Greater, 0, X, SeluAlpha * Call(UnaryFunction.ExpM1, X))),
        ("Silu", _ => X * Call(UnaryFunction.Sigmoid, X)),
        ("Softplus", Softplus),
        ("Softsign", _ => X / (1.0 + Call(UnaryFunction.Abs, X))),
    ];

    public static IEnumerable<Operation> Operations =>
        Functions.Select(entry => new Operation(Operation.Tensor, entry.Name, call => Apply(call, entry.Function(call.Arguments))));

    public static IEnumerable<LayerDefinition> Layers => Functions.Select(entry => new LayerDefinition(
        $"DLCompiler.{entry.Name}",
        arguments => entry.Function(arguments),
        call => Apply(call, entry.Function(call.Layer.Arguments)),
        HasParameters: false,
        HasRow: false));

    private static ScalarExpression Celu(ArgumentSet arguments)
    {
        double alpha = arguments.Number("alpha", 1);
        if (alpha == 0) throw Checks.Wrong(arguments, "alpha", "is 0, and the function divides by it; use another number, such as 1");
        return If(X, Comparison.Greater, 0, X, alpha * Call(UnaryFunction.ExpM1, X * (1 / alpha)));
    }

    private static ScalarExpression HardTanh(ArgumentSet arguments)
    {
        double min = arguments.Number("min", -1), max = arguments.Number("max", 1);
        if (!(min < max)) throw Checks.Wrong(arguments, "max", $"is {Checks.Text(max)} and min is {Checks.Text(min)}; give the smaller number first");
        return Between(min, max, min, max, X);
    }

    private static ScalarExpression Softplus(ArgumentSet arguments)
    {
        double beta = arguments.Number("beta", 1);
        if (!(beta > 0)) throw Checks.Wrong(arguments, "beta", $"is {Checks.Text(beta)}; it must be positive");
        return beta == 1 ? Call(UnaryFunction.Softplus, X) : Call(UnaryFunction.Softplus, beta * X) * (1 / beta);
    }

    private static TensorValue Apply(VocabularyCall call, ScalarExpression function) => new(call.Graph.Map(function, call.Input));

    // At the bounds themselves the outer values are taken.
    private static ScalarExpression Between(double low, double high, ScalarExpression below, ScalarExpression above, ScalarExpression between) =>
        If(X, Comparison.LessOrEqual, low, below, If(X, Comparison.GreaterOrEqual, high, above, between));

    private static ScalarExpression If(
        ScalarExpression left, Comparison comparison, double right, ScalarExpression ifTrue, ScalarExpression ifFalse) =>
        new ScalarExpression.Select(new ScalarExpression.Compare(comparison, left, right), ifTrue, ifFalse);
}
