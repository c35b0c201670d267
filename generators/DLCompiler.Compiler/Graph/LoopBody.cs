using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Graph;

/// <summary>The body of a loop while it is written: it may use what is around the loop, which becomes values that all steps share.</summary>
/// <param name="around">The graph that the loop belongs to.</param>
public sealed class LoopBody(GraphBuilder around)
{
    private readonly List<Node> parameters = [];

    /// <summary>Takes the body's nodes.</summary>
    public GraphBuilder Graph { get; } = new(around) { Label = around.Label };

    /// <summary>A value that each step is given: carried, or an element of a sequence.</summary>
    public Node AddParameter(string name, TensorType type)
    {
        Node parameter = Graph.Add(new Input(name, type));
        parameters.Add(parameter);
        return parameter;
    }

    /// <summary>
    /// The finished body, and the shared values that it takes after its other parameters. What is the same in every step is computed around the loop, but for
    /// repetitions along axes, which are cheaper than what they make.
    /// </summary>
    /// <param name="results">What the body computes.</param>
    /// <param name="differs">Whether a value from around the loop is not the same in every step after all.</param>
    public (SubGraph Body, IReadOnlyList<Node> Shared) Close(IReadOnlyList<Node> results, Func<Node, bool>? differs = null)
    {
        IReadOnlyList<Node> inner = [.. results.Select(Graph.Import)];
        Dictionary<Node, Node> outer = Graph.Captures.ToDictionary(capture => capture.Value, capture => capture.Key);
        HashSet<Node> captured = [.. outer.Keys];
        (HashSet<Node> varying, HashSet<Node> constant) = Classify(outer, differs);
        var body = new GraphBuilder();
        List<Node> all = [.. parameters.Select(parameter => body.Add(parameter.Operator))];
        var copies = parameters.Zip(all, (from, to) => (from, to)).ToDictionary(pair => pair.from, pair => pair.to);
        var shared = new Dictionary<Node, Node>();
        Node[] ends = [.. inner.Select(Copy)];
        return (new SubGraph([.. all, .. shared.Values], ends), [.. shared.Keys]);

        // The node in the finished body.
        Node Copy(Node node)
        {
            if (copies.TryGetValue(node, out Node? known)) return known;
            Node copy;
            if (constant.Contains(node) || (varying.Contains(node) && !captured.Contains(node)) || (node.Operator is Broadcast && !outer.ContainsKey(node)))
            {
                Node[] inputs = [.. node.Inputs.Select(Copy)];
                body.Label = node.Label;
                copy = body.Add(node.Operator, inputs);
            }
            else
            {
                Node value = Lift(node);
                if (!shared.TryGetValue(value, out copy)) shared.Add(value, copy = body.Add(new Input($"shared {shared.Count}", value.Type)));
            }

            copies.Add(node, copy);
            return copy;
        }

        // The same value around the loop.
        Node Lift(Node node)
        {
            if (outer.TryGetValue(node, out Node? known)) return known;
            string? label = around.Label;
            around.Label = node.Label;
            Node lifted = around.Add(node.Operator, [.. node.Inputs.Select(Lift)]);
            around.Label = label;
            outer.Add(node, lifted);
            return lifted;
        }
    }

    // Nodes that differ from step to step, and nodes that depend on nothing at all.
    private (HashSet<Node> Varying, HashSet<Node> Constant) Classify(Dictionary<Node, Node> outer, Func<Node, bool>? differs)
    {
        var varying = new HashSet<Node>(parameters.Concat(outer.Where(pair => differs?.Invoke(pair.Value) == true).Select(pair => pair.Key)));
        var constant = new HashSet<Node>();
        foreach (Node node in Graph.Nodes)
        {
            if (node.Operator is RandomUniform || node.Inputs.Any(varying.Contains)) varying.Add(node);
            else if (!varying.Contains(node) && !outer.ContainsKey(node) && node.Inputs.All(constant.Contains)) constant.Add(node);
        }

        return (varying, constant);
    }
}
