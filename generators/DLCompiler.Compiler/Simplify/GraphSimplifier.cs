using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Simplify;

/// <summary>A simplified graph: without dead nodes.</summary>
/// <param name="Graph">The builder that owns the nodes.</param>
/// <param name="Outputs">What stands for the given outputs, in their order.</param>
/// <param name="Replacements">For old nodes, the new nodes that hold their values; old nodes whose value is computed no more are missing.</param>
public sealed record SimplifiedGraph(GraphBuilder Graph, IReadOnlyList<Node> Outputs, IReadOnlyDictionary<Node, Node> Replacements);

/// <summary>
/// Applies the rewrite rules until none matches, in a fresh graph that holds only what the outputs need. Runs after differentiation: it removes the marks
/// that stop gradients. Labels are kept.
/// </summary>
public static class GraphSimplifier
{
    /// <summary>A bound on the passes, far above what rules need: each makes the graph smaller or moves an operator in one direction.</summary>
    private const int MaximumPasses = 32;

    /// <summary>All rules, in the order in which they are tried.</summary>
    public static IReadOnlyList<Rewrite> Rules { get; } =
    [
        .. ConstantRewrites.All, .. MapRewrites.All, .. ViewRewrites.All, .. BroadcastRewrites.All, .. ReductionRewrites.All, .. ContractRewrites.All,
        .. LoopRewrites.All, .. PoolRewrites.All,
    ];

    /// <summary>The simplified graph of some outputs.</summary>
    public static SimplifiedGraph Simplify(IReadOnlyList<Node> outputs)
    {
        IReadOnlyList<Node> current = outputs;
        var total = new Dictionary<Node, Node>();
        for (int pass = 0; pass < MaximumPasses; pass++)
        {
            (GraphBuilder graph, Dictionary<Node, Node> replacements, bool changed) = Pass(current);
            current = [.. current.Select(node => replacements[node])];
            total = pass == 0
                ? replacements
                : total.Where(pair => replacements.ContainsKey(pair.Value)).ToDictionary(pair => pair.Key, pair => replacements[pair.Value]);
            if (!changed) return new SimplifiedGraph(graph, current, total);
        }

        throw new InvalidOperationException($"The simplification did not end within {MaximumPasses} passes.");
    }

    /// <summary>The function with a simplified graph. Its inputs stay, used or not.</summary>
    public static FunctionGraph Simplify(FunctionGraph function)
    {
        SimplifiedGraph simplified = Simplify([.. function.Outputs, .. function.StateWrites.Select(write => write.Value)]);
        Node Source(Node node) => simplified.Replacements.TryGetValue(node, out Node? replacement) ? replacement : simplified.Graph.Add(node.Operator);
        return function with
        {
            Graph = simplified.Graph,
            Inputs = [.. function.Inputs.Select(Source)],
            Outputs = [.. simplified.Outputs.Take(function.Outputs.Count)],
            StateWrites = [.. function.StateWrites.Select((write, i) => (Source(write.State), simplified.Outputs[function.Outputs.Count + i]))],
        };
    }

    /// <summary>Copies what the outputs need into a new graph, rewriting each node on the way.</summary>
    private static (GraphBuilder Graph, Dictionary<Node, Node> Replacements, bool Changed) Pass(IReadOnlyList<Node> outputs)
    {
        var graph = new GraphBuilder();
        var replacements = new Dictionary<Node, Node>();
        bool changed = false;
        foreach (Node node in Reachable(outputs))
        {
            graph.Label = node.Label;
            Node copy = graph.Add(node.Operator, [.. node.Inputs.Select(input => replacements[input])]);
            Node? rewritten = Rules.Select(rule => rule.Apply(graph, copy)).FirstOrDefault(replacement => replacement is not null && replacement != copy);
            if (rewritten is not null && rewritten.Type != node.Type)
                throw new InvalidOperationException($"A rewrite of {node} has the type {rewritten.Type}.");
            changed |= rewritten is not null;
            replacements.Add(node, rewritten ?? copy);
        }

        graph.Label = null;
        return (graph, replacements, changed);
    }

    private static List<Node> Reachable(IReadOnlyList<Node> outputs)
    {
        var reached = new HashSet<Node>();
        var pending = new Stack<Node>(outputs);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (!reached.Add(node)) continue;
            foreach (Node input in node.Inputs) pending.Push(input);
        }

        return [.. reached.OrderBy(node => node.Id)];
    }
}
