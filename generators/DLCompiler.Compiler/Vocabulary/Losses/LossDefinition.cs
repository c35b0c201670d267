using System;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>A loss: a method of tensors whose result is the mean over the batch if nothing else is said, and a kind that <c>[Train]</c> can name.</summary>
/// <param name="Kind">The name.</param>
/// <param name="Parameter">The method's parameter: <c>labels</c> or <c>target</c>.</param>
/// <param name="TargetType">The target's type for a prediction's, or null if the prediction can't have this loss.</param>
/// <param name="Expected">What the prediction has to be, for a message.</param>
/// <param name="Lower">The loss of a prediction and a target that fit; the arguments beside these hold what the loss is told, all of it optional.</param>
public sealed record LossDefinition(
    LossKind Kind, string Parameter, Func<TensorType, TensorType?> TargetType, string Expected,
    Func<GraphBuilder, ArgumentSet, Node, Node, Node> Lower)
{
    /// <summary>Losses of numbers have a target of the prediction's own shape.</summary>
    internal static TensorType? SameShape(TensorType prediction) => prediction;

    /// <summary>Checks prediction and target, and lowers.</summary>
    internal Node Apply(GraphBuilder graph, ArgumentSet arguments, Node prediction, Node target, Origin predictionOrigin, Origin targetOrigin)
    {
        if (TargetType(prediction.Type) is not { } expected)
        {
            string advice = prediction.Shape.Rank < 2 ? "end with a Dense of one unit per class" : "the number of classes, its last dimension, is a constant";
            throw new VocabularyError(
                DiagnosticIds.Target, predictionOrigin, $"{Kind} expects {Expected} but receives {Checks.Name(prediction.Shape)}; {advice}")
            {
                Tensors = [prediction],
            };
        }

        if (target.Type != expected)
        {
            throw new VocabularyError(
                DiagnosticIds.Target,
                targetOrigin,
                $"{Kind} of {prediction.Shape} expects {Parameter} {Checks.Name(expected.Shape)} but receives {Checks.Name(target.Shape)}{Difference(prediction.Shape, expected, target.Type)}",
                predictionOrigin);
        }

        return Lower(graph, arguments, prediction, target);
    }

    // In what a target differs from the expected one, and what helps.
    private string Difference(Shape prediction, TensorType expected, TensorType target)
    {
        Shape right = expected.Shape, wrong = target.Shape;
        // Classes that are where convolutions leave them.
        if (expected.Element == ElementType.Int32 && prediction.Rank > 2 && prediction.Where((_, axis) => axis != 1).SequenceEqual(wrong))
        {
            string last = string.Join(", ", Enumerable.Range(2, prediction.Rank - 2).Select(axis => Checks.Text(axis)));
            return $"; classes are the last dimension of a prediction: Permute(0, {last}, 1) it before";
        }

        if (right.ElementCount == wrong.ElementCount) return $"; Reshape it to {right}";
        if (expected.Element == ElementType.Int32 && wrong.Rank == right.Rank + 1)
            return "; labels are the numbers of the classes, one per row, not one-hot rows";
        if (Kind == LossKind.SoftmaxCrossEntropy && wrong.Rank == right.Rank - 1) return "; numbers of classes are a Tensor<int>: declare it as one";
        if (right.Rank != wrong.Rank) return $", which has {Checks.Count(wrong.Rank, "axis", "axes")}; declare it as {right}";
        int axis = Enumerable.Range(0, right.Rank).First(position => right[position] != wrong[position]);
        return $": dimension {Checks.Text(axis)} is {wrong[axis]} instead of {right[axis]}; make both equal";
    }

    /// <summary>The number of rows of a tensor whose last axis holds classes.</summary>
    internal static Dimension Rows(Shape shape)
    {
        Dimension rows = Dimension.One;
        for (int axis = 0; axis < shape.Rank - 1; axis++) rows *= shape[axis];
        return rows;
    }
}
