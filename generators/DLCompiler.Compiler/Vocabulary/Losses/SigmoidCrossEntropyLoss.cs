using DLCompiler.Compiler.Graph;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>Mean of −t·log σ(x) − (1 − t)·log(1 − σ(x)) over all logits x: (1 − t)·x + softplus(−x), which does not overflow.</summary>
internal static class SigmoidCrossEntropyLoss
{
    public static LossDefinition Definition { get; } = new(
        LossKind.SigmoidCrossEntropy,
        "target",
        LossDefinition.SameShape,
        "logits",
        (graph, logits, target) => graph.Mean(graph.Map(((1.0 - Y) * X) + Call(UnaryFunction.Softplus, -X), logits, target)));

    /// <summary>The loss for one target of all logits; softplus alone for the targets 0 and 1, which keeps every digit.</summary>
    public static Node WithNumber(GraphBuilder graph, Node logits, double target) => graph.Mean(graph.Map(
        target switch
        {
            0 => Call(UnaryFunction.Softplus, X),
            1 => Call(UnaryFunction.Softplus, -X),
            _ => ((1 - target) * X) + Call(UnaryFunction.Softplus, -X),
        },
        logits));
}
