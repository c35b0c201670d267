using System;
using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>A value that the caller gives to each run of the function.</summary>
/// <param name="Identifier">The name of the user's parameter.</param>
/// <param name="Type">Its element type and shape.</param>
public sealed record Input(string Identifier, TensorType Type) : Operator
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
