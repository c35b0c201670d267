using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Sizes besides the batch that are known at run time only, up to a bound: every operator that may have them, and its gradient.</summary>
public sealed class BoundedSizeTests
{
    private static Dimension N => GraphCase.N;

    private static Dimension T => GraphCase.T;

    [Fact]
    public void NetworksMatchTheReference() => CompiledAgainstReference.Check(
    [
        Steps("dense over time", (model, graph, x) => Dense(model, graph, Dense(model, graph, x, "fc1", 3, 20), "fc2", 20, 5)),
        Steps("elementwise", (model, graph, x) => graph.Multiply(graph.Map(ScalarExpressions.Tanh, x),
            graph.BroadcastAlong(model.Parameter(graph, "scale", StorageKind.RowMajor, 3), x.Shape, [2]))),
        Steps("mean over time", (model, graph, x) => graph.Mean(Dense(model, graph, x, "fc", 3, 7), [1])),
        Steps("maximum over time", (model, graph, x) => graph.ReduceMax(Dense(model, graph, x, "fc", 3, 7), [1])),
        Steps("softmax over time", (model, graph, x) => graph.Add(new Softmax(), Transposed(graph, Dense(model, graph, x, "fc", 3, 4), 0, 2, 1))),
        Steps("attention", Attention),
        Steps("normalised", (model, graph, x) => graph.Add(new BatchNormalize(0.1), Transposed(graph, Dense(model, graph, x, "fc", 3, 4), 0, 2, 1),
            model.Parameter(graph, "gamma", StorageKind.RowMajor, 4), model.Parameter(graph, "beta", StorageKind.RowMajor, 4),
            graph.Moments(Transposed(graph, Dense(model, graph, x, "fc", 3, 4), 0, 2, 1), [0, 2]).Mean,
            graph.Moments(Transposed(graph, Dense(model, graph, x, "fc", 3, 4), 0, 2, 1), [0, 2]).Variance)),
        Steps("joined", (model, graph, x) => graph.Concat(1, [x, Dense(model, graph, x, "fc", 3, 3)])),
        Steps("first step", (model, graph, x) => graph.Slice(Dense(model, graph, x, "fc", 3, 3), 1, 0, 1)),
    ]);

    private static Node Dense(GraphCase model, GraphBuilder graph, Node x, string name, long inputs, long outputs)
    {
        Node weight = model.Parameter(graph, name + ".weight", StorageKind.Panels, outputs, inputs);
        Node rows = graph.Reshape(x, new Shape(N * T, inputs));
        graph.Label = name;
        Node product = graph.Dense(rows, weight, model.Parameter(graph, name + ".bias", StorageKind.RowMajor, outputs));
        return graph.Reshape(graph.Map(ScalarExpressions.Tanh, product), new Shape(N, T, outputs));
    }

    private static Node Transposed(GraphBuilder graph, Node node, params int[] order) => graph.Add(new Permute(order.ToEquatableArray()), node);

    // Two heads of three.
    private static Node Attention(GraphCase model, GraphBuilder graph, Node x)
    {
        Node Heads(string name) => Transposed(graph, graph.Reshape(Dense(model, graph, x, name, 3, 6), new Shape(N, T, 2, 3)), 0, 2, 1, 3);
        Node scores = graph.Add(new Contract(false, true), Heads("query"), Heads("key"));
        Node mixed = graph.Add(new Contract(false, false), graph.Add(new Softmax(), scores), Heads("value"));
        return Dense(model, graph, graph.Reshape(Transposed(graph, mixed, 0, 2, 1, 3), new Shape(N, T, 6)), "out", 6, 3);
    }

    private static GraphCase Steps(string name, System.Func<GraphCase, GraphBuilder, Node, Node> network)
    {
        var model = new GraphCase(name) { Sizes = [GraphCase.BoundOfT] };
        var predict = new GraphBuilder();
        Node x = GraphCase.Input(predict, "x", N, T, 3);
        model.Predict(predict, [x], network(model, predict, x));
        var train = new GraphBuilder();
        x = GraphCase.Input(train, "x", N, T, 3);
        Node y = network(model, train, x);
        return model.Step(train, [x], train.Mean(train.Map(ScalarExpressions.Square, y)));
    }
}
