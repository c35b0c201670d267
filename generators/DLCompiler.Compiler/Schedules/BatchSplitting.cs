using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Images of several images a sample (two batches one after the other, frames of films): operators on images keep exactly the batch side by side, so they are
/// applied to one batch after
/// the other and the results are joined.
/// </summary>
public static class BatchSplitting
{
    private const int Most = 64;

    /// <summary>Whether an operator on images has several of them a sample.</summary>
    public static bool Applies(Node node) => node.Operator is Convolve or ConvolveInputGradient or ConvolveWeightGradient or MaxPool or MaxPoolIndex or MaxPoolGradient or AveragePool or AveragePoolGradient
        && Parts(node.Inputs[0].Shape) is > 1 and <= Most;

    /// <summary>The same value from the batches one by one.</summary>
    public static Node Split(GraphBuilder graph, Node node)
    {
        int parts = Parts(node.Inputs[0].Shape);
        Shape images = node.Inputs[0].Shape;
        Node[] results = [.. Enumerable.Range(0, parts).Select(part => graph.Add(OfPart(node.Operator), Operands(graph, node, images, parts, part)))];
        if (node.Operator is ConvolveWeightGradient) return results.Aggregate((left, right) => GraphArithmetic.Add(graph, left, right));
        return graph.Concat(0, results);
    }

    // Weights are whole in every part.
    private static IReadOnlyList<Node> Operands(GraphBuilder graph, Node node, Shape images, int parts, int part) =>
        [.. node.Inputs.Select(input => input.Shape[0] == images[0] ? Part(graph, input, parts, part) : input)];

    private static Node Part(GraphBuilder graph, Node node, int parts, int part)
    {
        Shape one = node.Shape.With(0, Dimension.Symbol(Buffer.BatchSymbol));
        return graph.Reshape(graph.Slice(graph.Reshape(node, new Shape(one.Dimensions.Insert(0, parts))), 0, part, 1), one);
    }

    private static Operator OfPart(Operator whole)
    {
        Dimension batch = Dimension.Symbol(Buffer.BatchSymbol);
        return whole switch
        {
            ConvolveInputGradient gradient => gradient with { InputShape = gradient.InputShape.With(0, batch) },
            MaxPoolGradient gradient => gradient with { InputShape = gradient.InputShape.With(0, batch) },
            AveragePoolGradient gradient => gradient with { InputShape = gradient.InputShape.With(0, batch) },
            _ => whole,
        };
    }

    private static int Parts(Shape shape) => shape[0].TryDivide(Dimension.Symbol(Buffer.BatchSymbol), out Dimension parts) && parts.IsConstant
        ? (int)parts.Value : 0;
}
