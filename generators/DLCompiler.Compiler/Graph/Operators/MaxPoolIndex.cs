using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Which element of each window <see cref="MaxPool"/> takes: x [N, C, H, W] → Int32 ky·KernelX + kx of the first winner in [N, C, OH, OW]; the first NaN
/// wins over all.
/// </summary>
/// <param name="Geometry">How the window moves.</param>
public sealed record MaxPoolIndex(PoolGeometry Geometry) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Geometry.ToString();

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        inputs[0].RequireFloat(Name, "the input");
        return new TensorType(ElementType.Int32, Geometry.Infer(Name, inputs[0].Shape));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => [null];

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) =>
        result.Shape.ElementCount * (Geometry.KernelY * Geometry.KernelX);
}
