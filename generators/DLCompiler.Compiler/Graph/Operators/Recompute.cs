using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Its input, kept apart from it. In a model, a mark: the backward pass computes the value again instead of keeping it. After that has been planned, what the
/// backward pass computes again starts from such nodes, so that it is not merged with what the forward pass computed.
/// </summary>
/// <param name="Copy">0 for a mark in a model; else the number of the value that is computed again.</param>
/// <remarks>Gradient: the result's.</remarks>
public sealed record Recompute(int Copy) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Copy == 0 ? "" : "copy " + Copy.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => [gradient];
}
