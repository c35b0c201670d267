using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>Reverses the order of the elements along one axis.</summary>
/// <param name="Axis">The axis.</param>
/// <remarks>Gradient: flipped back.</remarks>
public sealed record Flip(int Axis) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        inputs[0].RequireAxis(Name, Axis);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => [graph.Add(new Flip(Axis), gradient)];
}
