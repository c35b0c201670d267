using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>Its input, as a constant for differentiation: no gradient flows through it.</summary>
public sealed record StopGradient : Operator
{
    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => [null];
}
