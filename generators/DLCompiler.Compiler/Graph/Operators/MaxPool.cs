using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The largest element of each window: x [N, C, H, W] → y [N, C, OH, OW]. Padding never wins; a NaN does.</summary>
/// <param name="Geometry">How the window moves.</param>
/// <remarks>Gradient: goes to the winner (the first of equals), see <see cref="MaxPoolIndex"/> and <see cref="MaxPoolGradient"/>.</remarks>
public sealed record MaxPool(PoolGeometry Geometry) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Geometry.ToString();

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        inputs[0].RequireFloat(Name, "the input");
        return new TensorType(inputs[0].Element, Geometry.Infer(Name, inputs[0].Shape));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        Node winners = graph.Add(new MaxPoolIndex(Geometry), node.Inputs[0]);
        return [graph.Add(new MaxPoolGradient(Geometry, node.Inputs[0].Shape), winners, gradient)];
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) =>
        result.Shape.ElementCount * (Geometry.KernelY * Geometry.KernelX);
}
