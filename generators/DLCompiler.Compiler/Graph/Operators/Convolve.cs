using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// The two-dimensional convolution (cross-correlation, as in PyTorch): (x [N, C, H, W], w [O, C/groups, KH, KW]) → y [N, O, OH, OW] with
/// y[n, o, i, j] = Σ w[o, c, ky, kx] · x[n, c, i·stride + ky·dilation − padding, …], zeros outside.
/// </summary>
/// <param name="Geometry">How the kernel moves.</param>
/// <remarks>Gradient: bilinear, see <see cref="ConvolveInputGradient"/> and <see cref="ConvolveWeightGradient"/>.</remarks>
public sealed record Convolve(ConvolutionGeometry Geometry) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Geometry.ToString();

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        inputs[0].RequireFloat(Name, "the input");
        Operands.RequireSameElement(inputs[0], inputs[1], Name);
        return new TensorType(inputs[0].Element, Geometry.Infer(inputs[0].Shape, inputs[1].Shape));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        (Node input, Node weight) = (node.Inputs[0], node.Inputs[1]);
        return
        [
            graph.Add(new ConvolveInputGradient(Geometry, input.Shape), gradient, weight),
            graph.Add(new ConvolveWeightGradient(Geometry, weight.Shape), input, gradient),
        ];
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => ConvolutionGeometry.CountFlops(result.Shape, inputs[1].Shape);
}
