using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary>What losses of class labels share: weights of classes, label smoothing, and labels that don't count.</summary>
internal static class ClassTerms
{
    private static readonly ScalarExpression Z = new ScalarExpression.Input(2);

    /// <summary>What a loss is told of its classes.</summary>
    /// <param name="Weights">One number per class [C]; null where all count the same.</param>
    /// <param name="Smoothing">The share of the target that is spread over all classes.</param>
    /// <param name="Ignored">The label that doesn't count.</param>
    public sealed record Options(Node? Weights, double Smoothing, int? Ignored);

    /// <summary>The labels that go with a prediction […, C]: […].</summary>
    public static TensorType? LabelsOf(TensorType prediction) =>
        prediction.Shape.Rank < 2 || !prediction.Shape.Dimensions.Last().IsConstant
            ? null
            : new TensorType(ElementType.Int32, new Shape(prediction.Shape.Take(prediction.Shape.Rank - 1)));

    /// <summary>A prediction as a matrix [rows, C].</summary>
    public static Node Rows(GraphBuilder graph, Node prediction) =>
        graph.Reshape(prediction, new Shape(LossDefinition.Rows(prediction.Shape), prediction.Shape.Dimensions.Last()));

    /// <summary>Whether each loss has to be at its label's place, because a weight or the caller wants it there.</summary>
    public static bool NeedsShape(ArgumentSet arguments) =>
        arguments.Find("weight") is { Value: TensorValue } || arguments.Member("reduction", "Mean") is "None" or "BatchMean";

    /// <summary>What the arguments say of the classes; null if nothing.</summary>
    public static Options? Read(GraphBuilder graph, ArgumentSet arguments, Shape matrix)
    {
        Node? weights = Weights(graph, arguments, matrix[1]);
        double smoothing = Smoothing(arguments);
        int? ignored = arguments.Find("ignoreIndex") is { Value: int label } ? label : null;
        return weights is null && smoothing == 0 && ignored is null ? null : new Options(weights, smoothing, ignored);
    }

    /// <summary>The share that is spread over all classes.</summary>
    public static double Smoothing(ArgumentSet arguments)
    {
        double smoothing = arguments.Number("labelSmoothing");
        return smoothing is >= 0 and <= 1
            ? smoothing
            : throw Checks.Wrong(arguments, "labelSmoothing", $"is {Checks.Text(smoothing)}; it must be between 0 and 1, such as 0.1f");
    }

    /// <summary>The weights of the classes [C]; null where they are left out.</summary>
    public static Node? Weights(GraphBuilder graph, ArgumentSet arguments, Dimension classes)
    {
        if (arguments.Find("classWeights") is not { Value: ListValue }) return null;
        IReadOnlyList<double> numbers = arguments.Numbers("classWeights");
        if (numbers.Count != classes.Value)
        {
            throw Checks.Wrong(
                arguments, "classWeights", $"has {Checks.Count(numbers.Count, "number", "numbers")}; give one for each of the {classes} classes");
        }

        // Equal neighbours are one piece.
        List<Node> pieces = [];
        for (int start = 0, end; start < numbers.Count; start = end)
        {
            for (end = start + 1; end < numbers.Count && numbers[end] == numbers[start];) end++;
            pieces.Add(graph.Constant(numbers[start], new TensorType(ElementType.Float32, new Shape(end - start))));
        }

        return graph.Concat(0, pieces);
    }

    /// <summary>The loss −(1 − ε)·w[label]·p[label] − ε/C·Σ w·p of each row of logarithms p, reduced; a mean divides by the weights of the labels.</summary>
    /// <param name="logarithms">[rows, C].</param>
    /// <param name="rows">The labels [rows].</param>
    /// <param name="shape">The labels' own shape.</param>
    public static Node Reduce(GraphBuilder graph, ArgumentSet arguments, Node logarithms, Node rows, Shape shape, Options options)
    {
        Dimension classes = logarithms.Shape[1];
        Node chosen = options.Ignored is { } ignored ? Counted(graph, rows, logarithms.Shape, ignored) : graph.OneHot(rows, classes, ElementType.Float32);
        Node? weights = options.Weights is { } perClass ? graph.BroadcastAlong(perClass, logarithms.Shape, [1]) : null;

        // Not a product with 0, so that the other classes may be impossible, with −∞.
        ScalarExpression isChosen = new ScalarExpression.Compare(Comparison.Greater, Y, 0.5);
        Node losses = weights is null
            ? graph.Map(new ScalarExpression.Select(isChosen, -X, 0.0), logarithms, chosen)
            : graph.Map(new ScalarExpression.Select(isChosen, -X * Z, 0.0), logarithms, chosen, weights);
        losses = graph.ReduceSum(losses, [1]);
        Node weight = graph.ReduceSum(weights is null ? chosen : graph.Multiply(chosen, weights), [1]);
        if (options.Smoothing > 0)
        {
            Node all = graph.ReduceSum(weights is null ? graph.Negate(logarithms) : graph.Map(-X * Y, logarithms, weights), [1]);
            Node counted = graph.ReduceSum(chosen, [1]);
            double spread = options.Smoothing / classes.Value;
            ScalarExpression smoothed = ((1 - options.Smoothing) * X) + (spread * Y);
            losses = graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Greater, Z, 0.5), smoothed, 0.0), losses, all, counted);
        }

        bool isCount = options.Weights is null && options.Ignored is null;
        return LossReduction.Apply(
            graph, arguments, NeedsShape(arguments) ? graph.Reshape(losses, shape) : losses, isCount ? null : graph.ReduceSum(weight, [0]));
    }

    // A one-hot code whose rows are zero for the ignored label, which may be no class.
    private static Node Counted(GraphBuilder graph, Node labels, Shape matrix, int ignored)
    {
        Node label = graph.BroadcastAlong(labels, matrix, [0]), index = graph.Add(new Iota(matrix, 1, ElementType.Int32));
        ScalarExpression isClass = Call(BinaryFunction.And,
            new ScalarExpression.Compare(Comparison.Equal, X, Y), new ScalarExpression.Compare(Comparison.NotEqual, X, ignored));
        return graph.Map(new ScalarExpression.Select(isClass, 1.0, 0.0), ElementType.Float32, label, index);
    }
}
