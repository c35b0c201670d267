using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Blocks that are repeated with parameters of their own: rolled, and with the same results and gradients as one after the other.</summary>
public sealed class RepeatTests
{
    private static Dimension N => GraphCase.N;

    [Fact]
    public void RepeatsMatchTheReference() => CompiledAgainstReference.Check(
    [
        Case("vectors", 3, 16),
        Case("odd sizes", 4, 13),
        Case("wide", 2, 40),
        Case("computed again", 3, 16, recompute: true),
        Case("used twice", 3, 13, times: 2),
        Case("a block read elsewhere", 3, 16, elsewhere: true),
    ]);

    // x + b·tanh(W·x), then the norm of each row is divided by.
    private static GraphCase Case(string name, int count, int size, bool recompute = false, int times = 1, bool elsewhere = false)
    {
        var model = new GraphCase(name);
        foreach (bool isStep in new[] { false, true })
        {
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", N, size);
            Node y = x;
            for (int time = 0; time < times; time++) y = Repeated(model, graph, y, count, size, recompute);
            if (elsewhere) y = graph.Multiply(y, graph.BroadcastAlong(Parameter(model, graph, 1, "scale", size), y.Shape, [1]));
            if (isStep) model.Step(graph, [x], graph.Mean(graph.Map(ScalarExpressions.Square, y)));
            else model.Predict(graph, [x], y);
        }

        return model;
    }

    private static Node Repeated(GraphCase model, GraphBuilder graph, Node x, int count, int size, bool recompute)
    {
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

    private static Node Parameter(GraphCase model, GraphBuilder graph, int index, string name, params long[] shape) =>
        model.Parameter(graph, $"layers.{index}.{name}", shape.Length == 2 ? StorageKind.Panels : StorageKind.RowMajor, shape);
}
