using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>All losses, as methods of tensors and by kind.</summary>
public static class LossTable
{
    private static readonly LossDefinition[] Definitions = [SoftmaxCrossEntropyLoss.Definition, .. ElementLosses.Definitions];

    /// <summary>The loss of a kind.</summary>
    public static LossDefinition Find(LossKind kind) => Definitions.First(definition => definition.Kind == kind);

    internal static IEnumerable<Operation> Operations =>
        Definitions.Select(definition => new Operation(Operation.Tensor, definition.Kind.ToString(), call => Lower(call, definition)));

    private static TensorValue Lower(VocabularyCall call, LossDefinition definition)
    {
        TensorValue result = Mean(call, definition);
        LossActivation.Check(call.Function, definition.Kind, call.Input, call.Origin);
        return result;
    }

    private static TensorValue Mean(VocabularyCall call, LossDefinition definition)
    {
        if (definition.Kind == LossKind.SigmoidCrossEntropy && call.Arguments.Find("target") is { Value: not TensorValue })
        {
            double target = call.Arguments.Number("target");
            if (!(target is >= 0 and <= 1)) throw Checks.Wrong(call.Arguments, "target", $"is {Checks.Text(target)}; it must be between 0 and 1");
            return new TensorValue(SigmoidCrossEntropyLoss.WithNumber(call.Graph, call.Input, target));
        }

        if (definition.Kind == LossKind.SoftmaxCrossEntropy && call.Arguments.Find("target") is not null)
            definition = SoftmaxCrossEntropyLoss.OfDistributions;

        return new TensorValue(
            definition.Apply(
                call.Graph, call.Arguments, call.Input, call.Arguments.Tensor(definition.Parameter), call.InputOrigin,
                call.Arguments.OriginOf(definition.Parameter)));
    }
}
