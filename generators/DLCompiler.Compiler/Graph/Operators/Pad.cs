using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>Zeros before and after along one axis, whose size is known at compile time.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Before">How many zeros come before the elements.</param>
/// <param name="After">How many come after them.</param>
/// <remarks>Gradient: the slice without the padding.</remarks>
public sealed record Pad(int Axis, int Before, int After) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}, {Before} before, {After} after";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        long size = inputs[0].RequireConstant(Name, Axis);
        if (Before < 0 || After < 0)
            throw new ShapeException($"can't pad dimension {Axis} of {inputs[0].Shape} by {Before} and {After}: padding can't be negative");
        return new TensorType(inputs[0].Element, inputs[0].Shape.With(Axis, size + Before + After));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        [graph.Slice(gradient, Axis, Before, (int)node.Inputs[0].Shape[Axis].Value)];
}
