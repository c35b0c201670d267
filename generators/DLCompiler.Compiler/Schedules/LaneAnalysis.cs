using System;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Whether a value can be computed sample by sample: each of its samples needs the same sample of everything it is computed from.</summary>
public static class LaneAnalysis
{
    /// <summary>Whether samples can be computed side by side. Looks through everything that fusion left inside the value's kernel.</summary>
    /// <param name="context">What the schedules share.</param>
    /// <param name="node">The value.</param>
    /// <param name="anchor">The convolution whose epilogue the value is, if any.</param>
    public static bool IsPossible(SchedulingContext context, Node node, Node? anchor = null) =>
        node.Shape.Rank > 0 && node.Shape[0] == Dimension.Symbol(Buffer.BatchSymbol) && Visit(context, node, node, anchor, _ => true);

    /// <summary>Whether a value can end a product's kernel: rows of samples, vectors along the columns.</summary>
    public static bool FitsRows(SchedulingContext context, Node node, Node anchor)
    {
        int last = node.Shape.Rank - 1;

        // Neighbouring columns are neighbours in memory, or one number serves all.
        return Visit(context, node, node, anchor, indices =>
            indices.Take(indices.Count - 1).All(index => !index.DependsOn(last))
            && (indices.Count == 0 || indices[indices.Count - 1].Coefficients[last] is var step && (step == Dimension.Zero || step == Dimension.One)));
    }

    private static bool Visit(SchedulingContext context, Node root, Node node, Node? anchor, Func<EquatableArray<Affine>, bool> accept)
    {
        return Visit(node, AffineMap.Identity(node.Shape.Rank));

        bool Visit(Node current, EquatableArray<Affine> indices)
        {
            if (current == anchor || current.Shape.Rank == 0) return true;
            if (context.BuffersOf(current).Count > 0 || (current != root && !context.Fusion.IsInlined(current)))
            {
                bool others = indices.Skip(1).All(index => !index.DependsOn(0));
                bool own = Buffer.IsBatchShape(current.Shape) || (current.Shape == root.Shape && Buffer.IsRowsShape(current.Shape))
                    ? current.Shape[0] == root.Shape[0] && indices[0].IsCoordinate(0) && others
                    : current.Shape.IsConstant && others && !indices[0].DependsOn(0);
                return own && accept(indices);
            }

            return current.Operator is Iota iota
                ? anchor is null && !indices[iota.Axis].DependsOn(0)
                : Enumerable.Range(0, current.Inputs.Count).All(input => Visit(current.Inputs[input], ElementEmitter.InputIndices(current, input, indices)));
        }
    }
}
