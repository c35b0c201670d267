using DLCompiler.Compiler.Graph;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>Mean of (prediction − target)² over all elements.</summary>
internal static class MeanSquaredErrorLoss
{
    public static LossDefinition Definition { get; } = new(
        LossKind.MeanSquaredError,
        "target",
        LossDefinition.SameShape,
        "numbers",
        (graph, prediction, target) => graph.Mean(graph.Map((X - Y) * (X - Y), prediction, target)));
}
