using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// The cross-entropy of softmax probabilities with class numbers: (logits [M, C], labels Int32 [M]) → losses [M] with
/// loss = log Σⱼ exp(zⱼ − m) + m − z[label], m the largest logit.
/// </summary>
/// <remarks>Gradient: (softmax(z) − onehot(label))·g, see <see cref="SoftmaxCrossEntropyGradient"/>.</remarks>
public sealed record SoftmaxCrossEntropy : Operator
{
    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        inputs[0].RequireFloat(Name, "the logits");
        inputs[0].RequireRank(Name, "the logits", 2);
        inputs[1].RequireIndex(Name, "the labels");
        inputs[1].RequireShape(Name, "the labels", new Shape(inputs[0].Shape[0]));
        return new TensorType(inputs[0].Element, inputs[1].Shape);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        [graph.Add(new SoftmaxCrossEntropyGradient(), node.Inputs[0], node.Inputs[1], gradient), null];

    /// <inheritdoc/>
    public override Node? Decompose(GraphBuilder graph, Node node)
    {
        (Node logits, Node labels) = (node.Inputs[0], node.Inputs[1]);

        // log Σ exp(z − m) + m does not depend on m: it carries no gradient.
        Node largest = graph.Add(new StopGradient(), graph.ReduceMax(logits, [1], keepDimensions: true));
        Node shifted = graph.Subtract(logits, largest);
        Node logSum = graph.Log(graph.ReduceSum(graph.Exp(shifted), [1]));
        Node chosen = graph.ReduceSum(graph.Multiply(shifted, graph.OneHot(labels, logits.Shape[1], logits.Type.Element)), [1]);
        return graph.Subtract(logSum, chosen);
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => 4 * inputs[0].Shape.ElementCount;

    /// <inheritdoc/>
    public override long IndexLimit(IReadOnlyList<TensorType> inputs, int input) =>
        input == 1 && inputs[0].Shape[1].IsConstant ? inputs[0].Shape[1].Value : 0;
}
