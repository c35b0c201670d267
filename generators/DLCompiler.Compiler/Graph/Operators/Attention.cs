using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Scaled dot-product attention (Vaswani et al., "Attention is all you need", 2017): each query's softmax of its scores with the keys that it sees, times the
/// values. Operands as <see cref="AttentionForm"/> says, result [N, Tq, H, D]. A query that sees no key, or only keys with a bias of −∞, has the result 0.
/// </summary>
/// <param name="Form">Heads, masks and operands.</param>
/// <remarks>Gradient: <see cref="AttentionGradient"/>, which computes the weights again from <see cref="AttentionLogSum"/>.</remarks>
public sealed record Attention(AttentionForm Form) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Form.ToString();

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, Form.OperandCount);
        Form.Check(Name, inputs);
        return inputs[0] with { Shape = Form.Shapes(inputs).Query };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        Node logSum = graph.Add(new AttentionLogSum(Form), node);
        Node Of(AttentionOperand operand) => graph.Add(new AttentionGradient(Form, operand), [.. node.Inputs, node, logSum, gradient]);
        List<Node?> gradients = Form.IsPacked ? [Of(AttentionOperand.Packed)]
            : [Of(AttentionOperand.Query), Of(AttentionOperand.Key), Of(AttentionOperand.Value)];
        if (Form.HasLengths) gradients.Add(null);
        if (Form.HasBias) gradients.Add(Of(AttentionOperand.Bias));
        if (Form.DropRate > 0) gradients.Add(null);
        return gradients;
    }

    /// <inheritdoc/>
    public override Node? Decompose(GraphBuilder graph, Node node) => new AttentionParts(graph, Form, node.Inputs).Result;

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => Form.Flops(inputs, 2);
}

/// <summary>
/// The logarithm of the sum of powers in each row of an attention's softmax, [N, H, Tq]: all that its backward pass keeps beside the result. Its operand is the
/// attention itself, which computes it on its way.
/// </summary>
/// <param name="Form">Heads, masks and operands.</param>
/// <remarks>Gradient: none; what depends on it, <see cref="AttentionGradient"/>, is differentiated as a function of the attention's operands.</remarks>
public sealed record AttentionLogSum(AttentionForm Form) : Operator
{
    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        inputs[0].RequireRank(Name, "the result", 4);
        Shape shape = inputs[0].Shape;
        return inputs[0] with { Shape = new Shape(shape[0], shape[2], shape[1]) };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => [null];

    /// <inheritdoc/>
    public override Node? Decompose(GraphBuilder graph, Node node) => new AttentionParts(graph, Form, node.Inputs[0].Inputs).LogSum;
}

/// <summary>The operands of an attention that have gradients.</summary>
public enum AttentionOperand
{
    Query,
    Key,
    Value,
    Packed,
    Bias,
}

/// <summary>
/// The gradient of <see cref="Attention"/> with respect to one operand, from its operands, its result O, the <see cref="AttentionLogSum"/> and the result's
/// gradient dO: P = exp(S − log-sum), dP = dO·Vᵀ, dS = P∘(dP − rowsum(dO∘O)), dQ = scale·dS·K, dK = scale·dSᵀ·Q, dV = Pᵀ·dO (Dao et al.,
/// "FlashAttention", 2022). The gradients of one attention are one kernel.
/// </summary>
/// <param name="Form">Heads, masks and operands.</param>
/// <param name="Of">The operand.</param>
/// <remarks>Gradient: that of its <see cref="Operator.Decompose"/>.</remarks>
public sealed record AttentionGradient(AttentionForm Form, AttentionOperand Of) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"of {Of.ToString().ToLowerInvariant()}, {Form}";

    /// <inheritdoc/>
    public override bool IsDifferentiatedInParts => true;

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, Form.OperandCount + 3);
        Form.Check(Name, [.. inputs.Take(Form.OperandCount)]);
        Shape query = Form.Shapes(inputs).Query;
        inputs[Form.OperandCount].RequireShape(Name, "the result", query);
        inputs[Form.OperandCount + 1].RequireShape(Name, "the log-sum", new Shape(query[0], query[2], query[1]));
        inputs[Form.OperandCount + 2].RequireShape(Name, "the result's gradient", query);
        return inputs[Of switch
        {
            AttentionOperand.Key => 1,
            AttentionOperand.Value => 2,
            AttentionOperand.Bias => Form.BiasIndex,
            _ => 0,
        }];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        throw new InvalidOperationException($"{Name} is differentiated in parts.");

    /// <inheritdoc/>
    public override Node? Decompose(GraphBuilder graph, Node node) => new AttentionParts(graph, Form, node.Inputs)
        .Gradient(Of, node.Inputs[node.Inputs.Count - 1], node.Shape);

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => Form.Flops(inputs, Of switch
    {
        // Together five products: the weights are counted with the query's gradient, or where there is one for all.
        AttentionOperand.Packed => 5,
        AttentionOperand.Query => 3,
        AttentionOperand.Bias => 0,
        _ => 1,
    });
}
