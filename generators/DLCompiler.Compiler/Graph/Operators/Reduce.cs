using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>How a reduction combines elements.</summary>
public enum ReduceKind
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The largest; NaN if one is NaN.</summary>
    Max,

    /// <summary>The smallest; NaN if one is NaN.</summary>
    Min,
}

/// <summary>Combines all elements along some axes into one; the axes vanish from the shape.</summary>
/// <param name="Kind">How elements are combined.</param>
/// <param name="Axes">The axes to combine; ascending.</param>
/// <remarks>Gradient: of a sum, the result's gradient for every element; of a maximum or minimum, an equal share for each element that attains it.</remarks>
public sealed record Reduce(ReduceKind Kind, EquatableArray<int> Axes) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"{Kind} {Axes}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        if (inputs[0].Element == ElementType.Bool) throw new ShapeException($"can't reduce {inputs[0].Shape}: its elements are truth values");
        inputs[0].RequireAscendingAxes(Name, Axes);
        var kept = new List<Dimension>();
        foreach (int axis in Operands.Except(inputs[0].Shape.Rank, Axes)) kept.Add(inputs[0].Shape[axis]);
        return new TensorType(inputs[0].Element, new Shape(kept));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        Node input = node.Inputs[0];
        if (!input.Type.Element.IsFloat()) return [null];
        if (Kind == ReduceKind.Sum) return [Spread(graph, input, gradient)];

        var isWinner = new ScalarExpression.Compare(Comparison.Equal, new ScalarExpression.Input(0), new ScalarExpression.Input(1));
        Node winners = graph.Map(new ScalarExpression.Select(isWinner, 1, 0), input, Spread(graph, input, node));
        Node share = graph.Divide(gradient, graph.Add(new Reduce(ReduceKind.Sum, Axes), winners));
        return [graph.Multiply(winners, Spread(graph, input, share))];
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => inputs[0].Shape.ElementCount;

    private Node Spread(GraphBuilder graph, Node input, Node reduced) =>
        graph.Add(new Broadcast(input.Shape, Operands.Except(input.Shape.Rank, Axes)), reduced);
}
