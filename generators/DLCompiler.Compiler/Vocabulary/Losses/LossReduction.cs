using System;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>What becomes of the losses of single elements or rows: each times its weight, then their mean, sum, or themselves.</summary>
internal static class LossReduction
{
    /// <summary>Weights and reduces as the arguments <c>weight</c> and <c>reduction</c> say; without them it is the mean.</summary>
    /// <param name="divisor">What a mean divides the sum by; null for the number of losses.</param>
    public static Node Apply(GraphBuilder graph, ArgumentSet arguments, Node losses, Node? divisor = null)
    {
        if (arguments.Find("weight") is { Value: TensorValue { Node: var weight } })
            losses = graph.Map(X * Y, losses, graph.Broadcast(Fit(arguments, weight, losses.Shape), losses.Shape));

        EquatableArray<int> axes = Enumerable.Range(0, losses.Shape.Rank).ToEquatableArray();
        Node Sum() => axes.Count == 0 ? losses : graph.ReduceSum(losses, axes);
        return arguments.Member("reduction", "Mean") switch
        {
            "None" => losses,
            "Sum" => Sum(),
            "BatchMean" when axes.Count > 0 => graph.Map(X * (1 / ScalarExpression.Of(losses.Shape[0])), Sum()),
            _ when divisor is not null => graph.Divide(Sum(), divisor),
            _ => axes.Count == 0 ? losses : graph.Mean(losses),
        };
    }

    private static Node Fit(ArgumentSet arguments, Node weight, Shape losses)
    {
        if (Broadcasting.TryCombine(weight.Shape, losses, out Shape shape, out _) && shape == losses) return weight;
        bool isPerSample = weight.Shape.Rank < losses.Rank && weight.Shape.SequenceEqual(losses.Take(weight.Shape.Rank));
        string right = isPerSample ? $"[{string.Join(", ", losses.Select((size, axis) => axis < weight.Shape.Rank ? size.ToString() : "1"))}]" : "";
        throw new VocabularyError(
            DiagnosticIds.Target,
            arguments.OriginOf("weight"),
            $"weight {Checks.Name(weight.Shape)} does not fit the losses {Checks.Name(losses)}; "
                + (isPerSample ? $"Reshape it to {right}" : $"give one for each, as {Checks.Name(losses)}, or a size of 1 where it is repeated"))
        {
            Tensors = [weight],
        };
    }
}
