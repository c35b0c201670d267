using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Loops over sequences: carried values, sequences, outputs, and what goes back through them.</summary>
public sealed class LoopTests
{
    private const int Inputs = 3;

    private static Dimension N => GraphCase.N;

    private static Dimension T => GraphCase.T;

    [Fact]
    public void LoopsMatchTheReference() => CompiledAgainstReference.Check(
    [
        Steps("recurrent", 5, (model, graph, x) => Recurrent(model, graph, x, 4, 1, reverse: false)),
        Steps("last state", 5, (model, graph, x) => Recurrent(model, graph, x, 4, 0, reverse: false)),
        Steps("reversed", 4, (model, graph, x) => Recurrent(model, graph, x, 4, 1, reverse: true)),
        Steps("reversed, last state", 4, (model, graph, x) => Recurrent(model, graph, x, 16, 0, reverse: true)),
        Steps("one step", 1, (model, graph, x) => Recurrent(model, graph, x, 5, 1, reverse: false)),
        Steps("both directions", 3, (model, graph, x) => graph.Concat(2, Recurrent(model, graph, x, 4, 1, reverse: false),
            Recurrent(model, graph, x, 4, 1, reverse: true))),
        Steps("two after each other", 3, (model, graph, x) => Recurrent(model, graph, Recurrent(model, graph, x, 16, 1, reverse: false, "first"), 5, 1,
            reverse: true)),
        Steps("any length", T, (model, graph, x) => Recurrent(model, graph, x, 4, 1, reverse: false)),
        Steps("any length, reversed", T, (model, graph, x) => Recurrent(model, graph, x, 16, 0, reverse: true)),
        Steps("long short-term memory", 4, (model, graph, x) => Lstm(model, graph, x, 16, 2)),
        Steps("long short-term memory, last state", T, (model, graph, x) => Lstm(model, graph, x, 5, 0)),
    ]);

    // h = tanh(W x + U h + b) over x [T, N, I]. Results: 0 the last state, 1 all states.
    private static Node Recurrent(GraphCase model, GraphBuilder graph, Node x, int hidden, int result, bool reverse, string name = "cell")
    {
        graph.Label = name;
        long inputs = x.Shape[2].Value;
        Node[] shared = [model.Parameter(graph, name + ".weight_ih", StorageKind.Panels, hidden, inputs),
            model.Parameter(graph, name + ".weight_hh", StorageKind.Panels, hidden, hidden),
                model.Parameter(graph, name + ".bias", StorageKind.RowMajor, hidden)];
        return Loop(graph, [Zeros(graph, hidden)], [x], shared, result, reverse, (body, carried, elements, weights) =>
        {
            Node sum = body.Add(body.Dense(elements[0], weights[0], weights[2]), body.Dense(carried[0], weights[1], null));
            Node next = body.Map(ScalarExpressions.Tanh, sum);
            return [next, next];
        });
    }

    // Gates i, f, g, o. Results: 0 and 1 the last states, 2 all hidden states.
    private static Node Lstm(GraphCase model, GraphBuilder graph, Node x, int hidden, int result)
    {
        graph.Label = "lstm";
        Node gatesOfInput = Rows(graph, x, rows => graph.Dense(rows, model.Parameter(graph, "lstm.weight_ih", StorageKind.Panels, 4 * hidden, Inputs),
            model.Parameter(graph, "lstm.bias", StorageKind.RowMajor, 4 * hidden)));
        Node weight = model.Parameter(graph, "lstm.weight_hh", StorageKind.Panels, 4 * hidden, hidden);
        return Loop(graph, [Zeros(graph, hidden), Zeros(graph, hidden)], [gatesOfInput], [weight], result, false, (body, carried, elements, weights) =>
        {
            Node gates = body.Add(elements[0], body.Dense(carried[0], weights[0], null));
            Node Gate(int number) => body.Slice(gates, 1, number * hidden, hidden);
            Node cell = body.Add(body.Multiply(body.Sigmoid(Gate(1)), carried[1]), body.Multiply(body.Sigmoid(Gate(0)), body.Tanh(Gate(2))));
            Node next = body.Multiply(body.Sigmoid(Gate(3)), body.Tanh(cell));
            return [next, cell, next];
        });
    }

    private static Node Rows(GraphBuilder graph, Node x, System.Func<Node, Node> map)
    {
        Node mapped = map(graph.Reshape(x, new Shape(x.Shape[0] * x.Shape[1], x.Shape[2])));
        return graph.Reshape(mapped, new Shape(x.Shape[0], x.Shape[1], mapped.Shape[1]));
    }

    private static Node Zeros(GraphBuilder graph, int size) => graph.Constant(0, new TensorType(ElementType.Float32, new Shape(N, size)));

    private static Node Loop(GraphBuilder graph, Node[] carried, Node[] sequences, Node[] shared, int result, bool reverse,
        System.Func<GraphBuilder, Node[], Node[], Node[], Node[]> step)
    {
        var body = new GraphBuilder { Label = graph.Label };
        Node Parameter(string name, TensorType type) => body.Add(new Input(name, type));
        Node[] states = [.. carried.Select((node, i) => Parameter("state" + i, node.Type))];
        Node[] elements = [.. sequences.Select((node, i) => Parameter("element" + i, node.Type with { Shape = new Shape(node.Shape.Dimensions.RemoveAt(0)) }))];
        Node[] given = [.. shared.Select((node, i) => Parameter("shared" + i, node.Type))];
        Node[] results = step(body, states, elements, given);
        return graph.Add(new Scan(new SubGraph([.. states, .. elements, .. given], results), carried.Length, sequences.Length, reverse, result),
            [.. carried, .. sequences, .. shared]);
    }

    private static GraphCase Steps(string name, Dimension steps, System.Func<GraphCase, GraphBuilder, Node, Node> network)
    {
        var model = new GraphCase(name) { Sizes = steps.IsConstant ? [] : [GraphCase.BoundOfT] };
        var predict = new GraphBuilder();
        Node x = GraphCase.Input(predict, "x", N, steps, Inputs);
        model.Predict(predict, [x], BatchFirst(predict, network(model, predict, TimeFirst(predict, x))));
        var train = new GraphBuilder();
        x = GraphCase.Input(train, "x", N, steps, Inputs);
        Node y = network(model, train, TimeFirst(train, x));
        return model.Step(train, [x], train.Mean(train.Map(ScalarExpressions.Square, BatchFirst(train, y))));
    }

    private static Node TimeFirst(GraphBuilder graph, Node x) => graph.Add(new Permute(new[] { 1, 0, 2 }.ToEquatableArray()), x);

    private static Node BatchFirst(GraphBuilder graph, Node y) => y.Shape.Rank == 3 ? TimeFirst(graph, y) : y;
}
