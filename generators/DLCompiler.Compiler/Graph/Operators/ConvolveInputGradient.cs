using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// The gradient of <see cref="Convolve"/> with respect to its input, which is also the transposed convolution: (dy [N, O, OH, OW], w) → dx [N, C, H, W].
/// </summary>
/// <param name="Geometry">The convolution's.</param>
/// <param name="InputShape">The shape of the convolution's input: strides make it ambiguous.</param>
/// <remarks>Gradient: with G for dx, ⟨G, dx⟩ = ⟨Convolve(G, w), dy⟩, so Convolve(G, w) for dy and the weight gradient of (G, dy) for w.</remarks>
public sealed record ConvolveInputGradient(ConvolutionGeometry Geometry, Shape InputShape) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Geometry.ToString();

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        Operands.RequireSameElement(inputs[0], inputs[1], Name);
        inputs[0].RequireShape(Name, "the result's gradient", Geometry.Infer(InputShape, inputs[1].Shape));
        return new TensorType(inputs[0].Element, InputShape);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        (Node resultGradient, Node weight) = (node.Inputs[0], node.Inputs[1]);
        return
        [
            graph.Add(new Convolve(Geometry), gradient, weight),
            graph.Add(new ConvolveWeightGradient(Geometry, weight.Shape), gradient, resultGradient),
        ];
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) =>
        ConvolutionGeometry.CountFlops(inputs[0].Shape, inputs[1].Shape);
}
