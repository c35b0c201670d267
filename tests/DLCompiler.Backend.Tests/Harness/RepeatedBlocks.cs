using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using Xunit;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>Rolled blocks for tests: x + scale·tanh(W·x + b), each with parameters of its own.</summary>
public static class RepeatedBlocks
{
    /// <summary>The blocks' result.</summary>
    /// <param name="model">Takes the parameters: layers.0.weight, layers.0.bias, layers.0.scale and so on.</param>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="x">[N, size].</param>
    /// <param name="count">How many blocks.</param>
    /// <param name="recompute">Whether gradients compute a block's values again.</param>
    public static Node Apply(GraphCase model, GraphBuilder graph, Node x, int count, bool recompute = false)
    {
        long size = x.Shape[1].Value;
        List<Round> rounds = [];
        for (int index = 0; index < count; index++)
        {
            var body = new LoopBody(graph);
            Node state = body.AddParameter("state", x.Type);
            body.Graph.Label = $"layers.{index}.dense";
            Node weight = Parameter(model, body.Graph, index, "weight", size, size), bias = Parameter(model, body.Graph, index, "bias", size),
                scale = Parameter(model, body.Graph, index, "scale", size);
            Node hidden = body.Graph.Tanh(body.Graph.Dense(state, weight, bias));
            body.Graph.Label = $"layers.{index}.sum";
            Node sum = body.Graph.Add(state, body.Graph.Multiply(hidden, body.Graph.BroadcastAlong(scale, hidden.Shape, [1])));
            (SubGraph closed, IReadOnlyList<Node> shared) = body.Close([sum], node => node.Operator is Parameter);
            rounds.Add(new Round(closed, shared));
        }

        IReadOnlyList<Node>? rolled = RepeatRolling.Roll(graph, [x], rounds, recompute);
        Assert.NotNull(rolled);
        return Assert.Single(rolled);
    }

    /// <summary>A parameter of a block.</summary>
    public static Node Parameter(GraphCase model, GraphBuilder graph, int index, string name, params long[] shape) =>
        model.Parameter(graph, $"layers.{index}.{name}", shape.Length == 2 ? StorageKind.Panels : StorageKind.RowMajor, shape);
}
