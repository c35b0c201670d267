using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Autodiff;

/// <summary>
/// Reverse-mode differentiation of a graph (Griewank and Walther, "Evaluating derivatives", 2008): from the loss backwards, each operator's gradient rule turns
/// the gradient of its result into those of its inputs; contributions to one node are added. The gradients are nodes of the same graph, so they
/// can be differentiated again.
/// </summary>
public static class ReverseMode
{
    /// <summary>
    /// The gradient of a scalar loss with respect to the given nodes. A node that the loss does not depend on has a gradient of zeros. New nodes carry
    /// the label of the node whose gradient rule made them. Rules also make nodes that nothing needs: whoever lists the graph walks back from its outputs.
    /// </summary>
    /// <exception cref="ArgumentException">The loss is no scalar of floating-point type.</exception>
    public static IReadOnlyDictionary<Node, Node> Gradients(GraphBuilder graph, Node loss, IReadOnlyList<Node> withRespectTo)
    {
        if (loss.Shape.Rank != 0 || !loss.Type.Element.IsFloat())
            throw new ArgumentException($"A loss is a floating-point scalar, not {loss.Type}.", nameof(loss));
        return Gradients(graph, [(loss, graph.Scalar(1, loss.Type.Element))], withRespectTo);
    }

    /// <summary>The gradients of Σ ⟨result, seed⟩ with respect to the given nodes.</summary>
    /// <param name="graph">Takes the new nodes; the results belong to it.</param>
    /// <param name="seeds">Nodes and the gradients that reach them from outside; equal shapes.</param>
    /// <param name="withRespectTo">The nodes to differentiate by.</param>
    public static IReadOnlyDictionary<Node, Node> Gradients(
        GraphBuilder graph, IReadOnlyList<(Node Result, Node Seed)> seeds, IReadOnlyList<Node> withRespectTo)
    {
        string? label = graph.Label;
        HashSet<Node> dependent = Dependent(seeds.Select(seed => seed.Result), withRespectTo);
        var gradients = new Dictionary<Node, Node>();
        foreach ((Node result, Node seed) in seeds) Accumulate(graph, gradients, result, seed);

        // Inputs have smaller ids than their users: by descending id, all contributions to a node are there before it is taken. The results of a loop are
        // taken together, at the smallest of their ids.
        Dictionary<Node, LoopGroup> loops = LoopGroup.Of(dependent).ToDictionary(group => group.Results.Values.OrderBy(node => node.Id).First());
        foreach (Node node in dependent.OrderByDescending(node => node.Id))
        {
            graph.Label = node.Label;
            IReadOnlyList<Node?> contributions = [];
            if (node.Operator is Loop loop)
            {
                if (!loops.TryGetValue(node, out LoopGroup? group)) continue;
                Dictionary<int, Node> known = group.Results.Where(result => gradients.ContainsKey(result.Value))
                    .ToDictionary(result => result.Key, result => gradients[result.Value]);
                if (known.Count == 0) continue;
                contributions = LoopGradient.Differentiate(graph, loop, node.Inputs, number => known.TryGetValue(number, out Node? gradient) ? gradient : null);
            }
            else if (node.Inputs.Count > 0 && gradients.TryGetValue(node, out Node? whole))
            {
                contributions = node.Operator.IsDifferentiatedInParts ? InParts(graph, node, whole) : node.Operator.Differentiate(graph, node, whole);
            }

            for (int i = 0; i < contributions.Count; i++)
            {
                if (contributions[i] is { } contribution && dependent.Contains(node.Inputs[i])) Accumulate(graph, gradients, node.Inputs[i], contribution);
            }
        }

        graph.Label = label;
        var wanted = new Dictionary<Node, Node>();
        foreach (Node node in withRespectTo) wanted[node] = gradients.TryGetValue(node, out Node? gradient) ? gradient : graph.Constant(0, node.Type);
        return wanted;
    }

    /// <summary>The contributions of an operator that is differentiated as what it consists of, on parameters of its own: operands may depend on each
    /// other.</summary>
    private static IReadOnlyList<Node?> InParts(GraphBuilder graph, Node node, Node gradient)
    {
        var inner = new GraphBuilder();
        Node[] parameters = [.. node.Inputs.Append(gradient).Select((input, index) => inner.Add(new Input($"x{index}", input.Type)))];
        Node copy = inner.Add(node.Operator, [.. parameters.Take(node.Inputs.Count)]);
        Node[] variables = [.. parameters.Take(node.Inputs.Count).Where(parameter => parameter.Type.Element.IsFloat())];
        IReadOnlyDictionary<Node, Node> gradients = Gradients(inner, [(copy.Operator.Decompose(inner, copy)!, parameters[node.Inputs.Count])], variables);
        IReadOnlyList<Node> results = new SubGraph(parameters, [.. variables.Select(variable => gradients[variable])]).Inline(graph, [.. node.Inputs, gradient]);
        var own = variables.Zip(results, (variable, result) => (variable, result)).ToDictionary(pair => pair.variable, pair => pair.result);
        return [.. parameters.Take(node.Inputs.Count).Select(parameter => own.TryGetValue(parameter, out Node? result) ? result : null)];
    }

    private static void Accumulate(GraphBuilder graph, Dictionary<Node, Node> gradients, Node node, Node contribution)
    {
        if (contribution.Type != node.Type) throw new InvalidOperationException($"The gradient of {node} has the type {contribution.Type}.");
        if (gradients.TryGetValue(node, out Node? sum))
        {
            graph.Label = node.Label;
            contribution = graph.Add(sum, contribution);
        }

        gradients[node] = contribution;
    }

    /// <summary>The nodes on paths from the results to the nodes to differentiate by.</summary>
    private static HashSet<Node> Dependent(IEnumerable<Node> results, IReadOnlyList<Node> withRespectTo)
    {
        var dependent = new HashSet<Node>(withRespectTo);
        var reached = new SortedDictionary<int, Node>();
        var pending = new Stack<Node>(results);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (reached.ContainsKey(node.Id)) continue;
            reached.Add(node.Id, node);
            foreach (Node input in node.Inputs) pending.Push(input);
        }

        foreach (Node node in reached.Values)
        {
            if (node.Inputs.Any(dependent.Contains)) dependent.Add(node);
        }

        return dependent;
    }
}
