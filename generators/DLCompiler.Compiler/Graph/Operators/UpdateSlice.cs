using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Overwrites a part of a tensor from a position known at run time: (target, values, position Int32 []) → the target with the values from that position
/// on along one axis. How a cache grows: target and result are the old and new value of one <see cref="State"/>, so that it happens in place. A part that
/// reaches over the end is an error of the caller.
/// </summary>
/// <param name="Axis">The axis; the other axes of target and values are equal.</param>
/// <remarks>Gradient: for the target, G with zeros in that part; for the values, that part of G (<see cref="SliceAt"/>).</remarks>
public sealed record UpdateSlice(int Axis) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 3);
        Operands.RequireSameElement(inputs[0], inputs[1], Name);
        inputs[0].RequireAxis(Name, Axis);
        inputs[1].RequireRank(Name, "the values", inputs[0].Shape.Rank);
        inputs[1].RequireShape(Name, "the values", inputs[0].Shape.With(Axis, inputs[1].Shape[Axis]));
        inputs[2].RequireIndex(Name, "the position");
        inputs[2].RequireShape(Name, "the position", Shape.Scalar);
        (Dimension size, Dimension part) = (inputs[0].Shape[Axis], inputs[1].Shape[Axis]);
        if (size.IsConstant && part.IsConstant && part.Value > size.Value)
            throw new ShapeException($"{Name}: the values {inputs[1].Shape} don't fit into {inputs[0].Shape}: dimension {Axis} is {part} and {size}");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        (Node values, Node position) = (node.Inputs[1], node.Inputs[2]);
        if (!node.Type.Element.IsFloat()) return [null, null, null];
        return
        [
            graph.Add(new UpdateSlice(Axis), gradient, graph.Constant(0, values.Type), position),
            graph.Add(new SliceAt(Axis, values.Shape[Axis]), gradient, position),
            null,
        ];
    }
}
