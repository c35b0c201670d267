using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Tensors;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>
/// Mean of −log softmax(logits)[label]; logits […, C], labels Int32 […]. Or of −Σ target·log softmax(logits), with a probability for each class. Label
/// smoothing: Szegedy et al., "Rethinking the inception architecture", 2015, section 7.
/// </summary>
internal static class SoftmaxCrossEntropyLoss
{
    private const string Logits = "logits [N, classes]";

    public static LossDefinition Definition { get; } = new(LossKind.SoftmaxCrossEntropy, "labels", ClassTerms.LabelsOf, Logits, OfLabels);

    /// <summary>The same with probabilities as the target.</summary>
    public static LossDefinition OfDistributions { get; } = new(
        LossKind.SoftmaxCrossEntropy, "target", logits => ClassTerms.LabelsOf(logits) is null ? null : logits, Logits, OfProbabilities);

    private static Node OfLabels(GraphBuilder graph, ArgumentSet arguments, Node logits, Node labels)
    {
        Node matrix = ClassTerms.Rows(graph, logits), rows = graph.Reshape(labels, new Shape(matrix.Shape[0]));
        if (ClassTerms.Read(graph, arguments, matrix.Shape) is { } options)
            return ClassTerms.Reduce(graph, arguments, AxisActivations.LogSoftmax(graph, matrix, 1), rows, labels.Shape, options);
        Node losses = graph.Add(new SoftmaxCrossEntropy(), matrix, rows);
        return LossReduction.Apply(graph, arguments, ClassTerms.NeedsShape(arguments) ? graph.Reshape(losses, labels.Shape) : losses);
    }

    private static Node OfProbabilities(GraphBuilder graph, ArgumentSet arguments, Node logits, Node target)
    {
        int last = logits.Shape.Rank - 1;
        double smoothing = ClassTerms.Smoothing(arguments), spread = smoothing / logits.Shape[last].Value;
        Node logarithms = AxisActivations.LogSoftmax(graph, logits, last);
        Node terms = graph.Map(-(((1 - smoothing) * Y) + spread) * X, logarithms, target);
        if (ClassTerms.Weights(graph, arguments, logits.Shape[last]) is { } weights)
            terms = graph.Map(X * Y, terms, graph.BroadcastAlong(weights, terms.Shape, [last]));
        return LossReduction.Apply(graph, arguments, graph.ReduceSum(terms, [last]));
    }
}
