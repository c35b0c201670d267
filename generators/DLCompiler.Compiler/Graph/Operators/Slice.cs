using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Elements Start, Start + Step, … along one axis. Where its size is known at run time only, there is at least one element, and the first can be taken.
/// </summary>
/// <param name="Axis">The axis.</param>
/// <param name="Start">The first element.</param>
/// <param name="Length">How many elements are taken.</param>
/// <param name="Step">The distance between them; at least 1.</param>
/// <remarks>Gradient: zeros everywhere else. With a step, zeros are put between the elements first (a new axis, padded, merged).</remarks>
public sealed record Slice(int Axis, int Start, int Length, int Step) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}, {Start}..{Start + (Length * Step)}{(Step > 1 ? $" by {Step}" : "")}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        inputs[0].RequireAxis(Name, Axis);
        if (TakesFirst && !inputs[0].Shape[Axis].IsConstant) return new TensorType(inputs[0].Element, inputs[0].Shape.With(Axis, Length));
        long size = inputs[0].RequireConstant(Name, Axis);
        if (Start < 0 || Length < 1 || Step < 1 || Start + ((long)(Length - 1) * Step) >= size)
            throw new ShapeException(
                $"can't take {Length} elements from {Start}{(Step > 1 ? $" by {Step}" : "")} of dimension {Axis} of {inputs[0].Shape}: its size is {size}");
        return new TensorType(inputs[0].Element, inputs[0].Shape.With(Axis, Length));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        if (!node.Type.Element.IsFloat()) return [null];
        int span = ((Length - 1) * Step) + 1;
        Node spaced = gradient;
        if (Step > 1)
        {
            Shape shape = gradient.Shape;
            Node apart = graph.Reshape(gradient, new Shape(shape.Dimensions.Insert(Axis + 1, Dimension.One)));
            Node merged = graph.Reshape(graph.Pad(apart, Axis + 1, 0, Step - 1), shape.With(Axis, Length * Step));
            spaced = graph.Slice(merged, Axis, 0, span);
        }

        Shape whole = node.Inputs[0].Shape;
        if (!whole[Axis].IsConstant) return [ZerosAfterFirst(graph, gradient, whole)];
        int size = (int)whole[Axis].Value;
        return [graph.Pad(spaced, Axis, Start, size - Start - span)];
    }

    private bool TakesFirst => Start == 0 && Length == 1 && Step == 1;

    private Node ZerosAfterFirst(GraphBuilder graph, Node gradient, Shape whole)
    {
        Node index = graph.Add(new Iota(whole, Axis, ElementType.Int32));
        var isFirst = new ScalarExpression.Compare(Comparison.Equal, new ScalarExpression.Input(0), 0);
        return graph.Map(new ScalarExpression.Select(isFirst, new ScalarExpression.Input(1), 0), gradient.Type.Element, index,
            graph.Broadcast(gradient, whole));
    }
}
