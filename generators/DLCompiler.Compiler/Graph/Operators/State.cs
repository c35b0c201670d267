using System;
using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>A tensor that functions update without a gradient (running statistics): the value it has at the function's entry.</summary>
/// <param name="Identifier">Its key in checkpoints, as in <see cref="ModelGraph.States"/>.</param>
/// <param name="Type">Its element type and shape.</param>
public sealed record State(string Identifier, TensorType Type) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Identifier;

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 0);
        return Type;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => Array.Empty<Node?>();
}
