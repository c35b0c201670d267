using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Dense networks at odd sizes.</summary>
public sealed class DenseTests
{
    [Fact]
    public void MatchTheReference() => CompiledAgainstReference.Check([
        Mlp("10 classes", 20, 40, 10), Mlp("one wide vector", 7, 16, 3), Mlp("several panels", 33, 70, 17), Mlp("larger than a tile", 65, 129, 50),
            Mlp("one", 1, 1, 1)]);

    private static GraphCase Mlp(string name, int inputs, int hidden, int outputs)
    {
        var model = new GraphCase(name);
        {
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", GraphCase.N, inputs);
            model.Predict(graph, [x], Forward(model, graph, x, inputs, hidden, outputs));
        }

        {
            var graph = new GraphBuilder();
            Node x = GraphCase.Input(graph, "x", GraphCase.N, inputs), labels = GraphCase.Labels(graph, "target", GraphCase.N);
            Node losses = graph.Add(new SoftmaxCrossEntropy(), Forward(model, graph, x, inputs, hidden, outputs), labels);
            model.Step(graph, [x, labels], graph.Mean(losses));
        }

        return model;
    }

    private static Node Forward(GraphCase model, GraphBuilder graph, Node x, int inputs, int hidden, int outputs)
    {
        Node Dense(Node operand, string name, int from, int to)
        {
            graph.Label = name;
            Node product = graph.Add(new Contract(false, true), operand, model.Parameter(graph, name + ".weight", StorageKind.Panels, to, from));
            return graph.Add(product, graph.BroadcastAlong(model.Parameter(graph, name + ".bias", StorageKind.RowMajor, to), product.Shape, [1]));
        }

        return Dense(graph.Relu(Dense(x, "fc1", inputs, hidden)), "fc2", hidden, outputs);
    }
}
