using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The gradient of <see cref="Softmax"/>: (y, dy) → dx = y·(dy − Σ dy·y), the sum over the last axis.</summary>
/// <remarks>Gradient: the Jacobian is symmetric, so the same operator of (y, G) for dy; G·(dy − Σ dy·y) − dy·Σ G·y for y.</remarks>
public sealed record SoftmaxGradient : Operator
{
    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        inputs[0].RequireFloat(Name, "the result");
        Operands.RequireSameElement(inputs[0], inputs[1], Name);
        inputs[1].RequireShape(Name, "the result's gradient", inputs[0].Shape);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        (Node result, Node resultGradient) = (node.Inputs[0], node.Inputs[1]);
        Node direct = graph.Multiply(gradient, graph.Subtract(resultGradient, Dot(graph, resultGradient, result)));
        Node throughSum = graph.Multiply(resultGradient, Dot(graph, gradient, result));
        return [graph.Subtract(direct, throughSum), graph.Add(new SoftmaxGradient(), result, gradient)];
    }

    /// <inheritdoc/>
    public override Node? Decompose(GraphBuilder graph, Node node)
    {
        (Node result, Node resultGradient) = (node.Inputs[0], node.Inputs[1]);
        return graph.Multiply(result, graph.Subtract(resultGradient, Dot(graph, resultGradient, result)));
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => 4 * result.Shape.ElementCount;

    private static Node Dot(GraphBuilder graph, Node left, Node right) =>
        graph.ReduceSum(graph.Multiply(left, right), [left.Shape.Rank - 1], keepDimensions: true);
}
