using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// The gradient of <see cref="SoftmaxCrossEntropy"/>: (logits [M, C], labels Int32 [M], g [M]) → [M, C] = (softmax(logits) − onehot(labels))·g.
/// </summary>
/// <remarks>Gradient, with G for the result: the softmax gradient of G·g for the logits; Σ over classes of G·(softmax − onehot) for g.</remarks>
public sealed record SoftmaxCrossEntropyGradient : Operator
{
    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 3);
        TensorType losses = new SoftmaxCrossEntropy().Infer([inputs[0], inputs[1]]);
        Operands.RequireSameElement(inputs[0], inputs[2], Name);
        inputs[2].RequireShape(Name, "the losses' gradient", losses.Shape);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        (Node logits, Node labels, Node lossGradient) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        Node scaled = graph.Multiply(gradient, graph.BroadcastAlong(lossGradient, logits.Shape, [0]));
        Node unscaled = graph.Add(new SoftmaxCrossEntropyGradient(), logits, labels, graph.Constant(1, lossGradient.Type));
        return
        [
            graph.Add(new SoftmaxGradient(), graph.Softmax(logits), scaled),
            null,
            graph.ReduceSum(graph.Multiply(gradient, unscaled), [1]),
        ];
    }

    /// <inheritdoc/>
    public override Node? Decompose(GraphBuilder graph, Node node)
    {
        (Node logits, Node labels, Node lossGradient) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        Node error = graph.Subtract(graph.Softmax(logits), graph.OneHot(labels, logits.Shape[1], logits.Type.Element));
        return graph.Multiply(error, graph.BroadcastAlong(lossGradient, logits.Shape, [0]));
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => 7 * result.Shape.ElementCount;
}
