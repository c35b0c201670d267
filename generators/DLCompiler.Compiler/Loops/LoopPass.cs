using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Loops;

/// <summary>Makes loops anew, and all that uses them.</summary>
internal static class LoopPass
{
    /// <summary>The results with other loops.</summary>
    /// <param name="graph">Takes the new nodes.</param>
    /// <param name="results">What is computed.</param>
    /// <param name="rewrite">For a loop and what stands for its inputs, what stands for its results; null where it stays as it is.</param>
    public static IReadOnlyList<Node> Run(GraphBuilder graph, IReadOnlyList<Node> results, Func<LoopGroup, IReadOnlyList<Node>, Func<int, Node>?> rewrite)
    {
        IReadOnlyList<Node> live = FusionPlan.Reachable(results);
        IReadOnlyList<LoopGroup> loops = LoopGroup.Of(live);
        if (loops.Count == 0) return results;
        Dictionary<Node, LoopGroup> groupOf = loops.SelectMany(group => group.Results.Values.Select(node => (node, group)))
            .ToDictionary(pair => pair.node, pair => pair.group);
        var rewritten = new Dictionary<LoopGroup, Func<int, Node>?>();
        var replacements = new Dictionary<Node, Node>();
        string? label = graph.Label;
        foreach (Node node in live)
        {
            graph.Label = node.Label;
            Node[] inputs = [.. node.Inputs.Select(input => replacements[input])];
            Func<int, Node>? other = null;
            if (groupOf.TryGetValue(node, out LoopGroup? group) && !rewritten.TryGetValue(group, out other))
                rewritten[group] = other = rewrite(group, inputs);
            replacements[node] = other is not null ? other(((Graph.Operators.Loop)node.Operator).Result)
                : inputs.SequenceEqual(node.Inputs) ? node : graph.Add(node.Operator, inputs);
        }

        graph.Label = label;
        return [.. results.Select(node => replacements[node])];
    }
}
