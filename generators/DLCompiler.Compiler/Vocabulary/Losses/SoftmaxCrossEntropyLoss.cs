using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>Mean of −log softmax(logits)[label]; logits […, C], labels Int32 […].</summary>
internal static class SoftmaxCrossEntropyLoss
{
    public static LossDefinition Definition { get; } = new(LossKind.SoftmaxCrossEntropy, "labels", TargetType, "logits [N, classes]", Lower);

    private static TensorType? TargetType(TensorType logits) =>
        logits.Shape.Rank < 2 || !logits.Shape.Dimensions.Last().IsConstant
            ? null
            : new TensorType(ElementType.Int32, new Shape(logits.Shape.Take(logits.Shape.Rank - 1)));

    private static Node Lower(GraphBuilder graph, Node logits, Node labels)
    {
        Dimension rows = LossDefinition.Rows(logits.Shape);
        Node matrix = graph.Reshape(logits, new Shape(rows, logits.Shape.Dimensions.Last()));
        return graph.Mean(graph.Add(new SoftmaxCrossEntropy(), matrix, graph.Reshape(labels, new Shape(rows))));
    }
}
