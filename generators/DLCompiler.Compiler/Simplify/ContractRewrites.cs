using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Simplify;

/// <summary>Rules for matrix products.</summary>
internal static class ContractRewrites
{
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        Rewrite.Of<Contract>("a transposed operand is read transposed", (graph, node, contract) =>
        {
            (Node left, Node right) = (node.Inputs[0], node.Inputs[1]);
            bool flipLeft = IsTransposition(left), flipRight = IsTransposition(right);
            return flipLeft || flipRight
                ? graph.Add(
                    new Contract(contract.TransposeLeft ^ flipLeft, contract.TransposeRight ^ flipRight),
                    flipLeft ? left.Inputs[0] : left,
                    flipRight ? right.Inputs[0] : right)
                : null;
        }),
    ];

    /// <summary>Whether a node exchanges the last two axes of its operand and moves no other.</summary>
    private static bool IsTransposition(Node node)
    {
        int rank = node.Shape.Rank;
        return node.Operator is Permute permute && rank >= 2 && permute.Axes.SequenceEqual([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
    }
}
