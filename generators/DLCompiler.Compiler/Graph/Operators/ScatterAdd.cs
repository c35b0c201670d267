using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The gradient of <see cref="Gather"/>: (ids Int32 […], values […, D]) → [V, D], row v the sum of the values whose id is v, added in index
/// order.</summary>
/// <param name="TableShape">The result's shape [V, D].</param>
/// <remarks>Gradient: rows of G by the same ids.</remarks>
public sealed record ScatterAdd(Shape TableShape) : Operator
{
    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        inputs[0].RequireIndex(Name, "the ids");
        inputs[1].RequireFloat(Name, "the values");
        var table = new TensorType(inputs[1].Element, TableShape);
        table.RequireRank(Name, "the table", 2);
        inputs[1].RequireShape(Name, "the values", new Shape(inputs[0].Shape.Dimensions.Add(TableShape[1])));
        return table;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        [null, graph.Add(new Gather(), gradient, node.Inputs[0])];

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => inputs[1].Shape.ElementCount;
}
