using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Graph;

/// <summary>A graph with parameters and results: the body of a loop. Value-equal: two are equal if they compute the same by the same nodes.</summary>
public sealed class SubGraph : IEquatable<SubGraph>
{
    /// <summary>Takes what the results need out of a graph. The parameters, used or not, are nodes with the operator <see cref="Input"/> and different
    /// identifiers.</summary>
    /// <exception cref="ArgumentException">A parameter is no input, or the results depend on an input that is no parameter.</exception>
    public SubGraph(IReadOnlyList<Node> parameters, IReadOnlyList<Node> results)
    {
        var graph = new GraphBuilder();
        foreach (Node parameter in parameters)
        {
            if (parameter.Operator is not Input) throw new ArgumentException($"{parameter} is no input.", nameof(parameters));
        }

        Parameters = [.. parameters.Select(parameter => graph.Add(parameter.Operator))];
        if (Parameters.Distinct().Count() != Parameters.Count) throw new ArgumentException("Two parameters have the same identifier.", nameof(parameters));
        Results = Copy(parameters, results, graph, Parameters);
        Graph = graph;
    }

    /// <summary>The nodes: the parameters, then what the results need.</summary>
    public GraphBuilder Graph { get; }

    /// <summary>What the body is given, in order.</summary>
    public IReadOnlyList<Node> Parameters { get; }

    /// <summary>What it computes, in order.</summary>
    public IReadOnlyList<Node> Results { get; }

    /// <summary>The results for given arguments, as nodes of another graph: the body inlined.</summary>
    public IReadOnlyList<Node> Inline(GraphBuilder graph, IReadOnlyList<Node> arguments) => Copy(Parameters, Results, graph, arguments);

    /// <summary>The same, with other nodes in place of some of the body's.</summary>
    public IReadOnlyList<Node> Inline(GraphBuilder graph, IReadOnlyList<Node> arguments, IReadOnlyList<(Node Inner, Node Instead)> replacements) =>
        Copy([.. Parameters, .. replacements.Select(pair => pair.Inner)], Results, graph, [.. arguments, .. replacements.Select(pair => pair.Instead)]);

    /// <summary>The same with other operators.</summary>
    /// <param name="operators">What stands for an operator.</param>
    public SubGraph With(Func<Operator, Operator> operators) => With([.. Enumerable.Range(0, Parameters.Count)], operators, label => label);

    /// <summary>The same with its parameters in another order, and other operators and labels.</summary>
    /// <param name="order">The parameters, by their places now.</param>
    /// <param name="operators">What stands for an operator.</param>
    /// <param name="labels">What stands for a label.</param>
    public SubGraph With(IReadOnlyList<int> order, Func<Operator, Operator> operators, Func<string, string> labels)
    {
        var graph = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (int place in order) copies.Add(Parameters[place], graph.Add(operators(Parameters[place].Operator)));
        foreach (Node node in Graph.Nodes.Where(node => !copies.ContainsKey(node)))
        {
            graph.Label = node.Label is { } label ? labels(label) : null;
            copies.Add(node, graph.Add(operators(node.Operator), [.. node.Inputs.Select(input => copies[input])]));
        }

        return new SubGraph([.. order.Select(place => copies[Parameters[place]])], [.. Results.Select(node => copies[node])]);
    }

    /// <inheritdoc/>
    public bool Equals(SubGraph? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Parameters.Count == other.Parameters.Count
            && Ids(Results).SequenceEqual(Ids(other.Results))
            && Graph.Nodes.Count == other.Graph.Nodes.Count
            && Graph.Nodes.Zip(other.Graph.Nodes, (a, b) => a.Operator.Equals(b.Operator) && Ids(a.Inputs).SequenceEqual(Ids(b.Inputs))).All(same => same));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SubGraph);

    /// <inheritdoc/>
    public override int GetHashCode() => Graph.Nodes.Aggregate(Results.Count, (hash, node) => unchecked((hash * 31) + node.Operator.GetHashCode()));

    /// <inheritdoc/>
    public override string ToString() =>
        $"({string.Join(", ", Parameters.Select(node => node.Type))}) → ({string.Join(", ", Results.Select(node => node.Type))})";

    private static IEnumerable<int> Ids(IEnumerable<Node> nodes) => nodes.Select(node => node.Id);

    private static IReadOnlyList<Node> Copy(IReadOnlyList<Node> parameters, IReadOnlyList<Node> results, GraphBuilder target, IReadOnlyList<Node> arguments)
    {
        var copies = new Dictionary<Node, Node>();
        for (int i = 0; i < parameters.Count; i++) copies.Add(parameters[i], arguments[i]);
        var needed = new SortedDictionary<int, Node>();
        var pending = new Stack<Node>(results);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (copies.ContainsKey(node) || needed.ContainsKey(node.Id)) continue;
            if (node.Operator is Input) throw new ArgumentException($"{node} is no parameter of the subgraph.", nameof(results));
            needed.Add(node.Id, node);
            foreach (Node input in node.Inputs) pending.Push(input);
        }

        string? label = target.Label;
        foreach (Node node in needed.Values)
        {
            target.Label = node.Label ?? label;
            copies.Add(node, target.Add(node.Operator, [.. node.Inputs.Select(input => copies[input])]));
        }

        target.Label = label;
        return [.. results.Select(node => copies[node])];
    }
}
