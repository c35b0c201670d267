using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// The linear recurrence yₜ = aₜ·yₜ₋₁ + bₜ along one axis, whose size is known at compile time, with y₀ = b₀: (b) with factors of 1, a cumulative sum; or
/// (b, a), equal shapes. Cumulative products, products and their gradients are recurrences, exact where factors are zero.
/// </summary>
/// <param name="Axis">The axis.</param>
/// <param name="Reverse">Runs from the last element to the first: yₜ = aₜ·yₜ₊₁ + bₜ.</param>
/// <remarks>Gradient: with s the recurrence of G in the other direction, whose factors are those of the following element, db = s and da = s·yₜ₋₁.</remarks>
public sealed record Recurrence(int Axis, bool Reverse) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}{(Reverse ? ", reversed" : "")}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        if (inputs.Count != 2) inputs.RequireCount(Name, 1);
        inputs[0].RequireFloat(Name, "the summands");
        inputs[0].RequireConstant(Name, Axis);
        if (inputs.Count == 1) return inputs[0];
        Operands.RequireSameElement(inputs[0], inputs[1], Name);
        inputs[1].RequireShape(Name, "the factors", inputs[0].Shape);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        var back = new Recurrence(Axis, !Reverse);
        if (node.Inputs.Count == 1) return [graph.Add(back, gradient)];
        Node sum = graph.Add(back, gradient, Shifted(graph, node.Inputs[1], Reverse ? 1 : -1));
        return [sum, graph.Multiply(sum, Shifted(graph, node, Reverse ? -1 : 1))];
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => result.Shape.ElementCount * inputs.Count;

    // Element t − by stands at t; a zero comes in at the end.
    private Node Shifted(GraphBuilder graph, Node x, int by)
    {
        int size = (int)x.Shape[Axis].Value;
        if (size == 1) return graph.Constant(0, x.Type);
        return by > 0 ? graph.Pad(graph.Slice(x, Axis, 0, size - 1), Axis, 1, 0) : graph.Pad(graph.Slice(x, Axis, 1, size - 1), Axis, 0, 1);
    }
}
