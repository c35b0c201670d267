using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The gradient of <see cref="AveragePool"/>: dy [N, C, OH, OW] → dx [N, C, H, W], each dy divided by the window's size and added to all of its
/// elements.</summary>
/// <param name="Geometry">The pooling's.</param>
/// <param name="InputShape">The shape of the pooling's input.</param>
/// <remarks>Gradient: the pooling itself (its transpose's transpose).</remarks>
public sealed record AveragePoolGradient(PoolGeometry Geometry, Shape InputShape) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Geometry.ToString();

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        inputs[0].RequireFloat(Name, "the result's gradient");
        inputs[0].RequireShape(Name, "the result's gradient", Geometry.Infer(Name, InputShape));
        return new TensorType(inputs[0].Element, InputShape);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => [graph.Add(new AveragePool(Geometry), gradient)];

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) =>
        inputs[0].Shape.ElementCount * (Geometry.KernelY * Geometry.KernelX);
}
