using System;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Products of activations: batches of matrices, either side transposed, odd sizes, and their gradients.</summary>
public sealed class ProductTests
{
    [Fact]
    public void ProductsMatchTheReference() => CompiledAgainstReference.Check(
    [
        Product("plain", [5, 7], [7, 3], false, false),
        Product("right transposed", [6, 4], [19, 4], false, true),
        Product("left transposed", [4, 6], [4, 33], true, false),
        Product("both transposed", [9, 13], [16, 9], true, true),
        Product("several matrices", [2, 3, 5], [2, 5, 17], false, false),
        Product("one row", [1, 8], [8, 1], false, false),
        Table(),
        Attention(),
    ]);

    private static GraphCase Product(string name, long[] left, long[] right, bool transposeLeft, bool transposeRight)
    {
        var model = new GraphCase(name);
        var graph = new GraphBuilder();
        Node a = GraphCase.Input(graph, "a", [GraphCase.N, .. left.Select(size => (Dimension)size)]),
            b = GraphCase.Input(graph, "b", [GraphCase.N, .. right.Select(size => (Dimension)size)]);

        // Scaled by parameters, so that both operands have gradients to compare.
        Node scaledLeft =
            graph.Multiply(a, graph.BroadcastAlong(model.Parameter(graph, "left", StorageKind.RowMajor, left), a.Shape, [.. Enumerable.Range(1, left.Length)]));
        Node scaledRight =
            graph.Multiply(b, graph.BroadcastAlong(model.Parameter(graph, "right", StorageKind.RowMajor, right), b.Shape,
            [.. Enumerable.Range(1, right.Length)]));
        Node product = graph.Add(new Contract(transposeLeft, transposeRight), scaledLeft, scaledRight);
        Node loss = graph.Mean(graph.Map(ScalarExpressions.Square, product));
        return model.Step(graph, [a, b], loss);
    }

    // A matrix of samples times a row-major parameter: a tied embedding used as the output layer.
    private static GraphCase Table()
    {
        var model = new GraphCase("tied table");
        var graph = new GraphBuilder();
        Node ids = GraphCase.Labels(graph, "ids", GraphCase.N), labels = GraphCase.Labels(graph, "target", GraphCase.N);
        Node table = model.Parameter(graph, "table", StorageKind.RowMajor, 21, 6);
        Node hidden = graph.Map(ScalarExpressions.Tanh, graph.Add(new Gather(), table, ids));
        Node logits = graph.Add(new Contract(false, true), hidden, table);
        return model.Step(graph, [ids, labels], graph.Mean(graph.Add(new SoftmaxCrossEntropy(), logits, labels)));
    }

    private static GraphCase Attention()
    {
        var model = new GraphCase("attention");
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 5, 8);
        Node Project(string key, long size)
        {
            graph.Label = key;
            Node rows = graph.Reshape(x, new Shape(GraphCase.N * 5, 8));
            return graph.Reshape(graph.Add(new Contract(false, true), rows, model.Parameter(graph, key, StorageKind.Panels, size, 8)),
                new Shape(GraphCase.N, 5, size));
        }

        Node scores = graph.Add(new Softmax(), graph.Add(new Contract(false, true), Project("query", 6), Project("key", 6)));
        Node mixed = graph.Add(new Contract(false, false), scores, Project("value", 9));
        return model.Step(graph, [x], graph.Mean(graph.Map(ScalarExpressions.Square, mixed)));
    }
}
