using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Fusion;

/// <summary>Which operands of attention need not be stored for it: it reads slices and permutations in place, and draws random numbers itself.</summary>
public static class AttentionOperands
{
    private const int TimeAxis = 1, DepthAxis = 3;

    /// <summary>Whether attention reads a slice or a permutation where its operand lies: a row's elements are neighbours there, and the distance between rows
    /// is known.</summary>
    /// <param name="view">The value.</param>
    /// <param name="user">What uses it.</param>
    public static bool IsReadInPlace(Node view, Node user)
    {
        (int operands, bool hasGradient) = user.Operator switch
        {
            Attention attention => (attention.Form.IsPacked ? 1 : 3, false),
            AttentionGradient gradient => (gradient.Form.IsPacked ? 1 : 3, true),
            _ => (0, false),
        };
        return Enumerable.Range(0, user.Inputs.Count)
                .All(index => user.Inputs[index] != view || index < operands || (hasGradient && index == user.Inputs.Count - 1))
            && StridesOf(view) is { } strides && strides[DepthAxis] == Dimension.One && strides[TimeAxis].IsConstant;
    }

    /// <summary>Whether attention draws random numbers where it uses them: whole blocks of them are a row of keys.</summary>
    /// <param name="numbers">The random numbers.</param>
    /// <param name="user">What uses them.</param>
    public static bool DrawsInPlace(Node numbers, Node user) => user.Operator is Attention or AttentionGradient && numbers.Shape[3].IsConstant;

    // Elements between neighbours on each axis, if what is sliced and permuted is stored in its order.
    private static EquatableArray<Dimension>? StridesOf(Node node)
    {
        if (node.Operator is not (Slice or Permute))
            return node.Shape.Rank != DepthAxis + 1 ? null
                : Enumerable.Range(0, node.Shape.Rank).Select(axis => new Shape(node.Shape.Skip(axis + 1)).ElementCount).ToEquatableArray();
        if (StridesOf(node.Inputs[0]) is not { } inner) return null;
        return node.Operator is Slice slice ? inner.Select((stride, axis) => axis == slice.Axis ? stride * slice.Step : stride).ToEquatableArray()
            : ((Permute)node.Operator).Axes.Select(axis => inner[axis]).ToEquatableArray();
    }
}
