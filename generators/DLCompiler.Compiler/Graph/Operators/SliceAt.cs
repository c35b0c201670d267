using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>A part of a tensor from a position known at run time: (x, position Int32 []) → x[…, position … position + Length − 1, …] along one axis.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Length">How many elements are taken.</param>
/// <remarks>Gradient: written into zeros at the same place (<see cref="UpdateSlice"/>).</remarks>
public sealed record SliceAt(int Axis, Dimension Length) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}, {Length} elements";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        inputs[0].RequireAxis(Name, Axis);
        inputs[1].RequireIndex(Name, "the position");
        inputs[1].RequireShape(Name, "the position", Shape.Scalar);
        Dimension size = inputs[0].Shape[Axis];
        if (size.IsConstant && Length.IsConstant && Length.Value > size.Value)
            throw new ShapeException($"can't take {Length} elements of dimension {Axis} of {inputs[0].Shape}: its size is {size}");
        return inputs[0] with { Shape = inputs[0].Shape.With(Axis, Length) };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        [node.Type.Element.IsFloat() ? graph.Add(new UpdateSlice(Axis), graph.Constant(0, node.Inputs[0].Type), gradient, node.Inputs[1]) : null, null];
}
