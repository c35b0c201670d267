using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The gradient of <see cref="Convolve"/> with respect to its weight: (x [N, C, H, W], dy [N, O, OH, OW]) → dw [O, C/groups, KH, KW].</summary>
/// <param name="Geometry">The convolution's.</param>
/// <param name="WeightShape">The shape of the convolution's weight: strides make it ambiguous.</param>
/// <remarks>Gradient: with G for dw, ⟨G, dw⟩ = ⟨Convolve(x, G), dy⟩, so the input gradient of (dy, G) for x and Convolve(x, G) for dy.</remarks>
public sealed record ConvolveWeightGradient(ConvolutionGeometry Geometry, Shape WeightShape) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Geometry.ToString();

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        Operands.RequireSameElement(inputs[0], inputs[1], Name);
        inputs[1].RequireShape(Name, "the result's gradient", Geometry.Infer(inputs[0].Shape, WeightShape));
        return new TensorType(inputs[0].Element, WeightShape);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        (Node input, Node resultGradient) = (node.Inputs[0], node.Inputs[1]);
        return
        [
            graph.Add(new ConvolveInputGradient(Geometry, input.Shape), resultGradient, gradient),
            graph.Add(new Convolve(Geometry), input, gradient),
        ];
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => ConvolutionGeometry.CountFlops(inputs[1].Shape, WeightShape);
}
