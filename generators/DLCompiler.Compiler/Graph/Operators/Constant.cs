using System;
using System.Collections.Generic;
using System.Globalization;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>A tensor whose elements are all equal.</summary>
/// <param name="Type">Its element type and shape.</param>
/// <param name="Value">Every element; rounded once to the element type.</param>
public sealed record Constant(TensorType Type, double Value) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 0);
        return Type;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => Array.Empty<Node?>();
}
