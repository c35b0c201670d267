using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Graph;

/// <summary>Makes nodes: infers their types, and returns the existing node where the same operator was applied to the same inputs before.</summary>
public sealed class GraphBuilder
{
    private readonly List<Node> nodes = [];
    private readonly Dictionary<Key, Node> known = [];

    /// <summary>All nodes, inputs before their users.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>The label that new nodes get: the layer or operation of the user's model that is being lowered.</summary>
    public string? Label { get; set; }

    /// <summary>The node that applies an operator.</summary>
    /// <exception cref="ShapeException">The inputs don't fit.</exception>
    public Node Add(Operator @operator, params IReadOnlyList<Node> inputs)
    {
        var key = new Key(@operator, [.. inputs.Select(input => input.Id)]);
        if (known.TryGetValue(key, out Node? node)) return node;
        TensorType type = @operator.Infer([.. inputs.Select(input => input.Type)]);
        node = new Node(nodes.Count, @operator, [.. inputs], type, Label);
        nodes.Add(node);
        known.Add(key, node);
        return node;
    }

    private sealed record Key(Operator Operator, EquatableArray<int> Inputs);
}
