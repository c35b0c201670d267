using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>Each element's own index along one axis: what one-hot codes, causal masks and sequence lengths are compared with.</summary>
/// <param name="Result">The result's shape.</param>
/// <param name="Axis">The axis along which the values count 0, 1, 2, …</param>
/// <param name="Element">The type of the elements.</param>
public sealed record Iota(Shape Result, int Axis, ElementType Element) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 0);
        var type = new TensorType(Element, Result);
        type.RequireAxis(Name, Axis);
        return type;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => Array.Empty<Node?>();
}
