using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Graph;

/// <summary>Makes nodes: infers their types, and returns the existing node where the same operator was applied to the same inputs before.</summary>
/// <param name="around">
/// The graph around this one, whose nodes may be used as inputs: each becomes an <see cref="Input"/> here (<see cref="Captures"/>), and so do parameters and
/// states, which belong to the whole function. Null for a graph of its own.
/// </param>
public sealed class GraphBuilder(GraphBuilder? around = null)
{
    private readonly List<Node> nodes = [];
    private readonly Dictionary<Key, Node> known = [];
    private readonly Dictionary<Node, Node> captures = [];

    /// <summary>All nodes, inputs before their users.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>The label that new nodes get: the layer or operation of the user's model that is being lowered.</summary>
    public string? Label { get; set; }

    /// <summary>The nodes of the graph around this one that were used, and what they are here.</summary>
    public IReadOnlyDictionary<Node, Node> Captures => captures;

    /// <summary>Whether a node was made here.</summary>
    public bool Owns(Node node) => node.Id < nodes.Count && ReferenceEquals(nodes[node.Id], node);

    /// <summary>Whether a node may be used here: it was made here, or in a graph around this one.</summary>
    public bool Reaches(Node node) => Owns(node) || (around?.Reaches(node) ?? false);

    /// <summary>The node that stands here for one that <see cref="Reaches"/> allows.</summary>
    public Node Import(Node node)
    {
        if (around is null || Owns(node)) return node;
        if (captures.TryGetValue(node, out Node? known)) return known;
        Node outer = around.Import(node);
        if (!captures.TryGetValue(outer, out Node? inner))
        {
            inner = Append(new Input($"captured {captures.Count}", outer.Type), [], outer.Type);
            captures.Add(outer, inner);
        }

        return inner;
    }

    /// <summary>The node that applies an operator.</summary>
    /// <exception cref="ShapeException">The inputs don't fit.</exception>
    public Node Add(Operator @operator, params IReadOnlyList<Node> inputs)
    {
        if (around is not null)
        {
            if (@operator is Parameter or State) return Import(around.Add(@operator, inputs));
            inputs = [.. inputs.Select(Import)];
        }

        var key = new Key(@operator, [.. inputs.Select(input => input.Id)]);
        if (known.TryGetValue(key, out Node? node)) return node;
        TensorType type = @operator.Infer([.. inputs.Select(input => input.Type)]);
        node = Append(@operator, [.. inputs], type);
        known.Add(key, node);
        return node;
    }

    private Node Append(Operator @operator, IReadOnlyList<Node> inputs, TensorType type)
    {
        var node = new Node(nodes.Count, @operator, inputs, type, Label);
        nodes.Add(node);
        return node;
    }

    private sealed record Key(Operator Operator, EquatableArray<int> Inputs);
}
