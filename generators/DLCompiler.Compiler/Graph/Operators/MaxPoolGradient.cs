using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The gradient of <see cref="MaxPool"/>: (index Int32 [N, C, OH, OW], dy [N, C, OH, OW]) → dx [N, C, H, W], each dy added to its window's
/// winner.</summary>
/// <param name="Geometry">The pooling's.</param>
/// <param name="InputShape">The shape of the pooling's input.</param>
/// <remarks>
/// Gradient for dy: the winners' elements of G, picked window position by window position: Σ over (ky, kx) of G's strided slice where the index is that
/// position.
/// </remarks>
public sealed record MaxPoolGradient(PoolGeometry Geometry, Shape InputShape) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Geometry.ToString();

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        inputs[0].RequireIndex(Name, "the index");
        inputs[1].RequireFloat(Name, "the result's gradient");
        Shape pooled = Geometry.Infer(Name, InputShape);
        inputs[0].RequireShape(Name, "the index", pooled);
        inputs[1].RequireShape(Name, "the result's gradient", pooled);
        return new TensorType(inputs[1].Element, InputShape);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        Node index = node.Inputs[0];
        Node padded = graph.Pad(gradient, 2, Geometry.PaddingY, Geometry.PaddingY + Geometry.ExtraY);
        padded = graph.Pad(padded, 3, Geometry.PaddingX, Geometry.PaddingX + Geometry.ExtraX);
        (int rows, int columns) = ((int)index.Shape[2].Value, (int)index.Shape[3].Value);
        Node? sum = null;
        for (int y = 0; y < Geometry.KernelY; y++)
        {
            Node band = graph.Slice(padded, 2, y, rows, Geometry.StrideY);
            for (int x = 0; x < Geometry.KernelX; x++)
            {
                var isWinner = new ScalarExpression.Compare(Comparison.Equal, new ScalarExpression.Input(1), (double)((y * Geometry.KernelX) + x));
                Node picked = graph.Map(
                    new ScalarExpression.Select(isWinner, new ScalarExpression.Input(0), 0),
                    graph.Slice(band, 3, x, columns, Geometry.StrideX),
                    index);
                sum = sum is null ? picked : graph.Add(sum, picked);
            }
        }

        return [null, sum];
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => inputs[1].Shape.ElementCount;
}
