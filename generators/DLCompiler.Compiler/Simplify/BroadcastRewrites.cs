using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Simplify;

/// <summary>Rules for repeated tensors.</summary>
internal static class BroadcastRewrites
{
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        Rewrite.Of<Broadcast>("a broadcast to the same shape", (graph, node, broadcast) =>
            graph.BroadcastAlong(node.Inputs[0], broadcast.Result, broadcast.Axes)),

        Rewrite.Of<Broadcast>("a broadcast that only adds axes of size 1", (graph, node, broadcast) =>
            node.Shape.ElementCount == node.Inputs[0].Shape.ElementCount ? graph.Reshape(node.Inputs[0], node.Shape) : null),

        Rewrite.Of<Broadcast>("a broadcast of a broadcast", (graph, node, broadcast) =>
            node.Inputs[0].Operator is Broadcast inner
                ? graph.BroadcastAlong(node.Inputs[0].Inputs[0], broadcast.Result, inner.Axes.Select(axis => broadcast.Axes[axis]).ToEquatableArray())
                : null),

        Rewrite.Of<Broadcast>("axes of size 1 that a reshape put in or took out before repeating", (graph, node, broadcast) =>
        {
            if (node.Inputs[0].Operator is not Reshape) return null;
            (Node reshaped, Node source) = (node.Inputs[0], node.Inputs[0].Inputs[0]);
            int[] kept = [.. Enumerable.Range(0, reshaped.Shape.Rank).Where(axis => reshaped.Shape[axis] != Dimension.One)];

            // Only sources without axes of size 1 of their own: elsewhere their place would be ambiguous.
            return kept.Select(axis => reshaped.Shape[axis]).SequenceEqual(source.Shape)
                ? graph.BroadcastAlong(source, broadcast.Result, kept.Select(axis => broadcast.Axes[axis]).ToEquatableArray())
                : null;
        }),
    ];
}
