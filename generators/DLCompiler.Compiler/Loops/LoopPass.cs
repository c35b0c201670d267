using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

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
            replacements[node] = other is not null ? other(((Loop)node.Operator).Result)
                : inputs.SequenceEqual(node.Inputs) ? node : graph.Add(node.Operator, inputs);
        }

        graph.Label = label;
        return [.. results.Select(node => replacements[node])];
    }

    /// <summary>What stands for the results of a loop whose body is given some of its values, as sequences, rather than computing them.</summary>
    /// <param name="graph">Takes the new nodes.</param>
    /// <param name="group">The loop.</param>
    /// <param name="inputs">What stands for its inputs.</param>
    /// <param name="values">The body's nodes, and the values of all steps that are given for them.</param>
    /// <param name="name">What the body's new parameters are called, with a number.</param>
    public static Func<int, Node> WithGiven(GraphBuilder graph, LoopGroup group, IReadOnlyList<Node> inputs, IReadOnlyList<(Node Inner, Node Stack)> values,
        string name)
    {
        SubGraph body = group.Loop.Body;
        var inner = new GraphBuilder();
        Node[] parameters = [.. body.Parameters.Select(parameter => inner.Add(parameter.Operator))];
        Node[] given = [.. values.Select((pair, index) => inner.Add(new Input(name + index, pair.Inner.Type)))];
        IReadOnlyList<Node> computed = body.Inline(inner, parameters, [.. values.Select((pair, index) => (pair.Inner, given[index]))]);
        Loop other = group.Loop with
        {
            Body = new SubGraph([.. parameters.Take(group.SharedStart), .. given, .. parameters.Skip(group.SharedStart)], computed),
            SequenceCount = group.Loop.SequenceCount + given.Length,
        };
        Node[] operands = [.. inputs.Take(group.SharedStart), .. values.Select(pair => pair.Stack), .. inputs.Skip(group.SharedStart)];
        return result => graph.Add(other.WithResult(result), operands);
    }

    /// <summary>The elements of a sequence of matrices, one below the other.</summary>
    public static Node Rows(GraphBuilder graph, Node stack) => graph.Reshape(stack, new Shape(stack.Shape[0] * stack.Shape[1], stack.Shape[2]));
}
