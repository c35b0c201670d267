using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The matrix product over the last two axes: [B…, M, K]·[B…, K, N] → [B…, M, N]; the leading axes are equal.</summary>
/// <param name="TransposeLeft">The left operand is given as [B…, K, M].</param>
/// <param name="TransposeRight">The right operand is given as [B…, N, K].</param>
/// <remarks>Gradient: C = A·B has dA = dC·Bᵀ and dB = Aᵀ·dC, each again a contraction whose operands are used as they are stored.</remarks>
public sealed record Contract(bool TransposeLeft, bool TransposeRight) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => (TransposeLeft, TransposeRight) switch
    {
        (true, true) => "leftᵀ·rightᵀ",
        (true, false) => "leftᵀ·right",
        (false, true) => "left·rightᵀ",
        _ => "",
    };

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        (Shape left, Shape right) = (inputs[0].Shape, inputs[1].Shape);
        inputs[0].RequireFloat(Name, "the left operand");
        Operands.RequireSameElement(inputs[0], inputs[1], Name);
        if (left.Rank < 2 || right.Rank != left.Rank)
            throw new ShapeException(
                $"can't multiply the matrices {left} and {right}: "
                + $"they have {left.Rank} and {right.Rank} dimensions, and equal numbers of at least 2 are needed");
        int rank = left.Rank;
        for (int axis = 0; axis < rank - 2; axis++)
        {
            if (left[axis] != right[axis])
                throw new ShapeException(
                    $"can't multiply the matrices {left} and {right}: dimension {axis} is {left[axis]} on the left and {right[axis]} on the right");
        }

        int leftInner = TransposeLeft ? rank - 2 : rank - 1;
        int rightInner = TransposeRight ? rank - 1 : rank - 2;
        if (left[leftInner] != right[rightInner])
            throw new ShapeException(
                $"can't multiply the matrices {left} and {right}: "
                + $"dimension {leftInner} is {left[leftInner]} on the left and dimension {rightInner} is {right[rightInner]} on the right");
        Shape result = left.With(rank - 2, left[TransposeLeft ? rank - 1 : rank - 2]).With(rank - 1, right[TransposeRight ? rank - 2 : rank - 1]);
        return new TensorType(inputs[0].Element, result);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        (Node left, Node right) = (node.Inputs[0], node.Inputs[1]);
        return
        [
            TransposeLeft ? graph.Add(new Contract(TransposeRight, true), right, gradient) : graph.Add(new Contract(false, !TransposeRight), gradient, right),
            TransposeRight ? graph.Add(new Contract(true, TransposeLeft), gradient, left) : graph.Add(new Contract(!TransposeLeft, false), left, gradient),
        ];
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result)
    {
        Shape left = inputs[0].Shape;
        return 2 * result.Shape.ElementCount * left[TransposeLeft ? left.Rank - 2 : left.Rank - 1];
    }
}
