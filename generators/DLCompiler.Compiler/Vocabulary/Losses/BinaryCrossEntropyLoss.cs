using DLCompiler.Compiler.Graph;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>Mean of −t·log p − (1 − t)·log(1 − p) over all probabilities p; logarithms are at least −100, as in PyTorch, so that 0 and 1 stay finite.</summary>
internal static class BinaryCrossEntropyLoss
{
    private const double SmallestLogarithm = -100;

    public static LossDefinition Definition { get; } = new(
        LossKind.BinaryCrossEntropy,
        "target",
        LossDefinition.SameShape,
        "probabilities",
        (graph, probabilities, target) => graph.Mean(graph.Map(-((Y * Logarithm(X)) + ((1.0 - Y) * Logarithm(1.0 - X))), probabilities, target)));

    private static ScalarExpression Logarithm(ScalarExpression value) => Call(BinaryFunction.Max, SmallestLogarithm, Call(UnaryFunction.Log, value));
}
