using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>Rows of a table by number: (table [V, D], ids Int32 […]) → […, D]. An id outside of 0 … V−1 is an error of the caller.</summary>
/// <remarks>Gradient: <see cref="ScatterAdd"/> for the table.</remarks>
public sealed record Gather : Operator
{
    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        inputs[0].RequireRank(Name, "the table", 2);
        inputs[1].RequireIndex(Name, "the ids");
        return new TensorType(inputs[0].Element, new Shape(inputs[1].Shape.Dimensions.Add(inputs[0].Shape[1])));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        [node.Type.Element.IsFloat() ? graph.Add(new ScatterAdd(node.Inputs[0].Shape), node.Inputs[1], gradient) : null, null];

    /// <inheritdoc/>
    public override long IndexLimit(IReadOnlyList<TensorType> inputs, int input) =>
        input == 1 && inputs[0].Shape[0].IsConstant ? inputs[0].Shape[0].Value : 0;
}
