using DLCompiler.Compiler.Graph;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>Binary cross-entropy of logits that have one target: mean of (1 − t)·x + softplus(−x), which does not overflow.</summary>
internal static class SigmoidCrossEntropyLoss
{
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
