using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Whole small networks: what meets in them (normalisation, residuals, tables, tied weights, joins) at once.</summary>
public sealed class NetworkTests
{
    /// <summary>The networks.</summary>
    public static IReadOnlyList<GraphCase> Cases() => [LeNet(12, 3, 4, 21, 9, 5), Residual(8, 8), Residual(8, 8, marked: true), Normalized(), Tied(), Tokens(), Joined()];

    [Fact]
    public void NetworksMatchTheReference() => CompiledAgainstReference.Check(Cases());

    private static Node Dense(GraphCase model, GraphBuilder graph, Node operand, string name, long to)
    {
        graph.Label = name;
        Node product = graph.Add(new Contract(false, true), operand, model.Parameter(graph, name + ".weight", StorageKind.Panels, to, operand.Shape[1].Value));
        return graph.Add(product, graph.BroadcastAlong(model.Parameter(graph, name + ".bias", StorageKind.RowMajor, to), product.Shape, [1]));
    }

    private static Node Conv(GraphCase model, GraphBuilder graph, Node operand, string name, long to, int size, int stride = 1, int padding = 0,
        bool bias = true)
    {
        graph.Label = name;
        Node result = graph.Add(new Convolve(new ConvolutionGeometry(stride, stride, padding, padding, 1, 1, 1)), operand,
            model.Parameter(graph, name + ".weight", StorageKind.RowMajor, to, operand.Shape[1].Value, size, size));
        return bias ? graph.Add(result, graph.BroadcastAlong(model.Parameter(graph, name + ".bias", StorageKind.RowMajor, to), result.Shape, [1])) : result;
    }

    private static Node Norm(GraphCase model, GraphBuilder graph, Node operand, string name, List<(Node, Node)> writes)
    {
        graph.Label = name;
        Dimension channels = operand.Shape[1];
        EquatableArray axes = new(operand.Shape.Rank);
        Node mean = graph.Mean(operand, axes.Items), variance = graph.Moments(operand, axes.Items).Variance;
        Node running = model.State(graph, name + ".running_mean", channels.Value);
        writes.Add((running, graph.Add(graph.Map(new ScalarExpression.Input(0) * 0.9, running), graph.Map(new ScalarExpression.Input(0) * 0.1, mean))));
        return graph.Add(new BatchNormalize(1e-5), operand, model.Parameter(graph, name + ".weight", StorageKind.RowMajor, channels.Value),
            model.Parameter(graph, name + ".bias", StorageKind.RowMajor, channels.Value), mean, variance);
    }

    private readonly struct EquatableArray(int rank)
    {
        public Compiler.EquatableArray<int> Items => Compiler.EquatableArray.ToEquatableArray(Enumerable.Range(0, rank).Where(axis => axis != 1));
    }

    internal static GraphCase LeNet(int size, long first, long second, long third, long fourth, int classes) =>
        Classifier("LeNet", [1, size, size], classes, (model, graph, x, _) =>
    {
        var pool = new PoolGeometry(2, 2, 2, 2, 0, 0);
        Node y = graph.Add(new MaxPool(pool), graph.Relu(Conv(model, graph, x, "conv1", first, 5, padding: 2)));
        y = graph.Add(new MaxPool(pool), graph.Relu(Conv(model, graph, y, "conv2", second, 3)));
        y = graph.Relu(Dense(model, graph, graph.Flatten(y), "fc1", third));
        return Dense(model, graph, graph.Relu(Dense(model, graph, y, "fc2", fourth)), "fc3", classes);
    });

    internal static GraphCase Residual(int size, long width, bool marked = false) => Classifier("residual", [3, size, size], 4, (model, graph, x, writes) =>
    {
        Node y = Mark(graph.Relu(Norm(model, graph, Conv(model, graph, x, "stem", width - 2, 3, padding: 1, bias: false), "norm", writes)));
        Node branch = Mark(graph.Relu(Norm(model, graph, Conv(model, graph, y, "conv1", width, 3, 2, 1, false), "norm1", writes)));
        branch = Norm(model, graph, Conv(model, graph, branch, "conv2", width, 3, 1, 1, false), "norm2", writes);
        Node sum = Mark(graph.Relu(graph.Add(branch, Norm(model, graph, Conv(model, graph, y, "project", width, 1, 2, 0, false), "norm3", writes))));
        Node second = Norm(model, graph, Conv(model, graph, sum, "conv3", width, 3, 1, 1, false), "norm4", writes);
        sum = graph.Add(sum, Mark(graph.Map(ScalarExpressions.Tanh, second)));
        graph.Label = "pool";
        return Dense(model, graph, graph.Mean(sum, [2, 3]), "fc", 4);

        Node Mark(Node value) => marked ? graph.Add(new Recompute(0), value) : value;
    });

    private static GraphCase Normalized() => Classifier("normalized rows", [9], 3, (model, graph, x, writes) =>
        Dense(model, graph, graph.Map(ScalarExpressions.Tanh, Norm(model, graph, Dense(model, graph, x, "fc1", 13), "norm", writes)), "fc2", 3));

    private static GraphCase Tied() => Classifier("tied", [6], 6, (model, graph, x, _) =>
    {
        Node once = graph.Map(ScalarExpressions.Tanh, Dense(model, graph, x, "shared", 6));
        return Dense(model, graph, once, "shared", 6);
    });

    private static GraphCase Tokens()
    {
        var model = new GraphCase("tokens");
        var graph = new GraphBuilder();
        Node ids = GraphCase.Labels(graph, "ids", GraphCase.N, 4), labels = GraphCase.Labels(graph, "target", GraphCase.N);
        graph.Label = "embedding";
        Node rows = graph.Add(new Gather(), model.Parameter(graph, "embedding.weight", StorageKind.RowMajor, 11, 5), ids);
        Node logits = Dense(model, graph, graph.Map(ScalarExpressions.Tanh, graph.Flatten(rows)), "fc", 7);
        graph.Label = "loss";
        return model.Step(graph, [ids, labels], graph.Mean(graph.Add(new SoftmaxCrossEntropy(), logits, labels)));
    }

    private static GraphCase Joined() => Classifier("joined", [2, 6, 6], 3, (model, graph, x, _) =>
    {
        Node left = graph.Relu(Conv(model, graph, x, "left", 3, 3, padding: 1)),
            right = graph.Map(ScalarExpressions.Tanh, Conv(model, graph, x, "right", 2, 1));
        graph.Label = "join";
        Node joined = graph.Concat(1, left, right);
        Node part = graph.Slice(joined, 1, 1, 3);
        return Dense(model, graph, graph.Concat(1, graph.Flatten(part), Dense(model, graph, graph.Flatten(x), "direct", 5)), "fc", 3);
    });

    private static GraphCase Classifier(string name, int[] sample, int classes, Func<GraphCase, GraphBuilder, Node, List<(Node, Node)>, Node> forward)
    {
        var model = new GraphCase(name);
        _ = classes;
        {
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", [GraphCase.N, .. sample.Select(size => (Dimension)size)]),
                labels = GraphCase.Labels(graph, "target", GraphCase.N);
            var writes = new List<(Node, Node)>();
            Node logits = forward(model, graph, x, writes);
            graph.Label = "loss";
            Node loss = graph.Mean(graph.Add(new SoftmaxCrossEntropy(), logits, labels));
            model.Step(graph, [x, labels], loss, writes: writes);
        }

        return model;
    }
}
