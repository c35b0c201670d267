using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The softmax over the last axis: yᵢ = exp(xᵢ − m) / Σⱼ exp(xⱼ − m) with m the largest, so that nothing overflows.</summary>
/// <remarks>Gradient: <see cref="SoftmaxGradient"/> of the result, so that the input need not be kept.</remarks>
public sealed record Softmax : Operator
{
    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        inputs[0].RequireFloat(Name, "the input");
        if (inputs[0].Shape.Rank == 0) throw new ShapeException("Softmax: [] has no dimension to normalise over");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => [graph.Add(new SoftmaxGradient(), node, gradient)];

    /// <inheritdoc/>
    public override Node? Decompose(GraphBuilder graph, Node node)
    {
        Node input = node.Inputs[0];
        int last = input.Shape.Rank - 1;

        // The shift cancels out: it carries no gradient.
        Node largest = graph.Add(new StopGradient(), graph.ReduceMax(input, [last], keepDimensions: true));
        Node powers = graph.Exp(graph.Subtract(input, largest));
        return graph.Divide(powers, graph.ReduceSum(powers, [last], keepDimensions: true));
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => 5 * result.Shape.ElementCount;
}
