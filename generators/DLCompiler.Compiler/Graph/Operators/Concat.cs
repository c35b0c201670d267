using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>Tensors one after the other along an axis; their other axes are equal.</summary>
/// <param name="Axis">The axis. Its sizes are known at compile time, or all equal (twice the batch).</param>
/// <remarks>Gradient: each operand's slice; of equal symbolic sizes, an element of the axis split in (operands, size).</remarks>
public sealed record Concat(int Axis) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        if (inputs.Count == 0) throw new ShapeException("Concat takes at least one operand");
        inputs[0].RequireAxis(Name, Axis);
        Shape first = inputs[0].Shape;
        Dimension size = first[Axis];
        for (int i = 1; i < inputs.Count; i++)
        {
            Shape shape = inputs[i].Shape;
            Operands.RequireSameElement(inputs[0], inputs[i], Name);
            if (shape.Rank != first.Rank)
                throw new ShapeException($"can't concatenate {first} and {shape}: they have {first.Rank} and {shape.Rank} dimensions");
            int difference = Operands.FirstDifference(first.With(Axis, Dimension.Zero), shape.With(Axis, Dimension.Zero));
            if (difference >= 0)
                throw new ShapeException(
                    $"can't concatenate {first} and {shape} along dimension {Axis}: dimension {difference} is {first[difference]} and {shape[difference]}");
            if (shape[Axis] != first[Axis] && !(shape[Axis].IsConstant && first[Axis].IsConstant))
                throw new ShapeException(
                    $"can't concatenate {first} and {shape}: dimension {Axis} is {first[Axis]} and {shape[Axis]}, "
                    + "and sizes that differ have to be known at compile time");
            size += shape[Axis];
        }

        return new TensorType(inputs[0].Element, first.With(Axis, size));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        var gradients = new List<Node?>();
        if (!node.Type.Element.IsFloat()) return [.. node.Inputs.Select(_ => (Node?)null)];
        Dimension size = node.Inputs[0].Shape[Axis];
        bool split = !size.IsConstant;
        Node source = split
            ? graph.Reshape(gradient, new Shape(gradient.Shape.Dimensions.SetItem(Axis, size).Insert(Axis, node.Inputs.Count)))
            : gradient;
        int start = 0;
        foreach (Node input in node.Inputs)
        {
            int length = split ? 1 : (int)input.Shape[Axis].Value;
            gradients.Add(graph.Reshape(graph.Slice(source, Axis, start, length), input.Shape));
            start += length;
        }

        return gradients;
    }
}
