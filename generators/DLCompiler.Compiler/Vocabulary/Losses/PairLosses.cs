using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>
/// Losses of more than a prediction and its target: of pairs and triplets of vectors (the last axis), of overlaps of samples, and of numbers with variances.
/// </summary>
internal static class PairLosses
{
    // PyTorch's, so that roots of 0 have a gradient.
    private const double DistanceEpsilon = 1e-6, CosineEpsilon = 1e-12, HalfLnTwoPi = 0.91893853320467274;

    private static readonly ScalarExpression Z = new ScalarExpression.Input(2);

    public static IEnumerable<Operation> Operations =>
    [
        new(Operation.Tensor, "CosineSimilarity", CosineSimilarity),
        new(Operation.Tensor, "CosineEmbedding", CosineEmbedding),
        new(Operation.Tensor, "Contrastive", Contrastive),
        new(Operation.Tensor, "Triplet", Triplet),
        new(Operation.Tensor, "Dice", Dice),
        new(Operation.Tensor, "GaussianNegativeLogLikelihood", Gaussian),
    ];

    private static TensorValue CosineSimilarity(VocabularyCall call)
    {
        Node x = call.Input, other = Same(call, "CosineSimilarity", "other", x.Shape);
        int axis = Checks.Axis(call.Arguments, "axis", x.Shape, -1);
        double epsilon = call.Arguments.Number("epsilon", 1e-8);
        Node lengths = call.Graph.Map(Root(X) * Root(Y), Square(call.Graph, x, axis), Square(call.Graph, other, axis));
        return new TensorValue(call.Graph.Map(X / Call(BinaryFunction.Max, Y, epsilon), Dot(call.Graph, x, other, axis), lengths));
    }

    // 1 − cos for pairs that belong together, max(0, cos − margin) for others.
    private static TensorValue CosineEmbedding(VocabularyCall call)
    {
        (Node x, Node other, Node target, double margin) = Pairs(call, "CosineEmbedding", 0);
        int last = x.Shape.Rank - 1;
        Node cosine = call.Graph.Map(
            X / Root((Y + CosineEpsilon) * (Z + CosineEpsilon)),
            Dot(call.Graph, x, other, last), Square(call.Graph, x, last), Square(call.Graph, other, last));
        ScalarExpression apart = Call(BinaryFunction.Max, 0.0, X - margin);
        ScalarExpression loss = new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Greater, Y, 0), 1.0 - X, apart);
        return Reduce(call, call.Graph.Map(loss, cosine, target));
    }

    // Hadsell et al., "Dimensionality reduction by learning an invariant mapping", 2006.
    private static TensorValue Contrastive(VocabularyCall call)
    {
        (Node x, Node other, Node target, double margin) = Pairs(call, "Contrastive", 1);
        ScalarExpression gap = Call(BinaryFunction.Max, 0.0, margin - X);
        return Reduce(call, call.Graph.Map((Y * X * X) + ((1.0 - Y) * gap * gap), Distance(call.Graph, x, other), target));
    }

    // Schroff et al., "FaceNet", 2015, with distances that are not squared, as PyTorch's.
    private static TensorValue Triplet(VocabularyCall call)
    {
        Node x = call.Input, near = Same(call, "Triplet", "positive", x.Shape), far = Same(call, "Triplet", "negative", x.Shape);
        RequireRows(call, "Triplet");
        ScalarExpression loss = Call(BinaryFunction.Max, 0.0, X - Y + call.Arguments.Number("margin", 1));
        return Reduce(call, call.Graph.Map(loss, Distance(call.Graph, x, near), Distance(call.Graph, x, far)));
    }

    // Milletari et al., "V-Net", 2016, with unsquared denominators.
    private static TensorValue Dice(VocabularyCall call)
    {
        Node x = call.Input, target = Same(call, "Dice", "target", x.Shape);
        RequireRows(call, "Dice");
        double smooth = call.Arguments.Number("smooth", 1);
        if (!(smooth >= 0)) throw Checks.Wrong(call.Arguments, "smooth", $"is {Checks.Text(smooth)}; it must be at least 0");
        EquatableArray<int> axes = Enumerable.Range(1, x.Shape.Rank - 1).ToEquatableArray();
        GraphBuilder graph = call.Graph;
        return Reduce(call, graph.Map(
            1.0 - (((2.0 * X) + smooth) / (Y + smooth)), graph.ReduceSum(graph.Multiply(x, target), axes), graph.ReduceSum(graph.Add(x, target), axes)));
    }

    // Nix and Weigend 1994; a variance below ε counts as ε, but its gradient stays, as PyTorch's.
    private static TensorValue Gaussian(VocabularyCall call)
    {
        Node x = call.Input, target = Same(call, "GaussianNegativeLogLikelihood", "target", x.Shape);
        Node variance = Same(call, "GaussianNegativeLogLikelihood", "variance", x.Shape);
        double epsilon = call.Arguments.Number("epsilon", 1e-6), constant = call.Arguments.Flag("full", false) ? HalfLnTwoPi : 0;
        if (!(epsilon > 0)) throw Checks.Wrong(call.Arguments, "epsilon", $"is {Checks.Text(epsilon)}; it must be positive, such as 1e-6f");
        ScalarExpression bounded = Call(BinaryFunction.Max, Z, epsilon);
        return Reduce(call, call.Graph.Map((0.5 * (Call(UnaryFunction.Log, bounded) + ((X - Y) * (X - Y) / bounded))) + constant, x, target, variance));
    }

    private static (Node X, Node Other, Node Target, double Margin) Pairs(VocabularyCall call, string name, double margin)
    {
        Node x = call.Input, other = Same(call, name, "other", x.Shape);
        RequireRows(call, name);
        Node target = Same(call, name, "target", new Shape(x.Shape.Take(x.Shape.Rank - 1)));
        return (x, other, target, call.Arguments.Number("margin", margin));
    }

    private static void RequireRows(VocabularyCall call, string name)
    {
        if (call.Input.Shape.Rank >= 2) return;
        throw call.ErrorAtInput(
            DiagnosticIds.Target, $"{name} expects [N, features] but receives {Checks.Name(call.Input.Shape)}{Checks.AddAxis(call.Input.Shape)}");
    }

    private static Node Same(VocabularyCall call, string name, string argument, Shape expected)
    {
        Node operand = call.Arguments.Tensor(argument);
        if (operand.Shape == expected) return operand;
        throw new VocabularyError(
            DiagnosticIds.Target,
            call.Arguments.OriginOf(argument),
            $"{name} of {Checks.Name(call.Input.Shape)} expects {argument} {Checks.Name(expected)} but receives {Checks.Name(operand.Shape)}; "
                + (operand.Shape.ElementCount == expected.ElementCount ? $"Reshape it to {expected}" : $"give it as {Checks.Name(expected)}"),
            call.InputOrigin);
    }

    private static TensorValue Reduce(VocabularyCall call, Node losses) => new(LossReduction.Apply(call.Graph, call.Arguments, losses));

    private static Node Distance(GraphBuilder graph, Node x, Node other)
    {
        ScalarExpression difference = X - Y + DistanceEpsilon;
        return graph.Sqrt(graph.ReduceSum(graph.Map(difference * difference, x, other), [x.Shape.Rank - 1]));
    }

    private static Node Dot(GraphBuilder graph, Node x, Node other, int axis) => graph.ReduceSum(graph.Multiply(x, other), [axis]);

    private static Node Square(GraphBuilder graph, Node x, int axis) => graph.ReduceSum(graph.Square(x), [axis]);

    private static ScalarExpression Root(ScalarExpression value) => Call(UnaryFunction.Sqrt, value);
}
