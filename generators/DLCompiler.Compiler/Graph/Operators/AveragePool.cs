using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The mean of each window: x [N, C, H, W] → y [N, C, OH, OW]. Padding counts as zeros and the divisor is always the window's size, as PyTorch's
/// default.</summary>
/// <param name="Geometry">How the window moves.</param>
/// <remarks>Gradient: an equal share for each element of the window, see <see cref="AveragePoolGradient"/>.</remarks>
public sealed record AveragePool(PoolGeometry Geometry) : Operator
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
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        [graph.Add(new AveragePoolGradient(Geometry, node.Inputs[0].Shape), gradient)];

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) =>
        result.Shape.ElementCount * (Geometry.KernelY * Geometry.KernelX);
}
