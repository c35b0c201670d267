using System;
using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// What a generation remembers of its sequences from one call to the next: a tensor with the batch first, whose value is that at the function's entry. Zeros before
/// the first call.
/// </summary>
/// <param name="Number">Which of the generation's memories.</param>
/// <param name="Type">Its element type and shape.</param>
public sealed record Memory(int Number, TensorType Type) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 0);
        return Type;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => Array.Empty<Node?>();
}
