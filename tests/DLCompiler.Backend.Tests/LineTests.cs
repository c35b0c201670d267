using System;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Operators along the lines of an axis, their gradients, and what counts coordinates.</summary>
public sealed class LineTests
{
    private static readonly ScalarExpression X = new ScalarExpression.Input(0), Y = new ScalarExpression.Input(1);

    [Fact]
    public void LinesMatchTheReference() => CompiledAgainstReference.Check(
    [
        Trained("cumulative sum", [9], (g, x) => g.Add(new Recurrence(1, false), x)),
        Trained("recurrence", [5, 19], (g, x) => g.Add(new Recurrence(1, false), x, g.Square(x))),
        Trained("recurrence, reversed", [3, 4, 2], (g, x) => g.Add(new Recurrence(2, true), g.Square(x), x)),
        Trained("order", [11], (g, x) => g.Add(new TakeAlong(1), x, g.Add(new ArgSort(1, false, 11), x))),
        Trained("largest of the middle axis", [7, 3], (g, x) => g.Add(new TakeAlong(1), x, g.Add(new ArgSort(1, true, 4), x))),
        Trained("triangle", [4, 5], (g, x) => g.Map(
            new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Less, Y, new ScalarExpression.Input(2)), X, 0), x,
            g.Add(new Iota(x.Shape, 1, ElementType.Float32)), g.Add(new Iota(x.Shape, 2, ElementType.Float32)))),
        Picked("elements by number", [GraphCase.N, 6, 3]),
        Picked("shared rows by number", [1, 6, 1]),
        Fixed(),
    ]);

    private static GraphCase Trained(string name, long[] sizes, Func<GraphBuilder, Node, Node> function)
    {
        var model = new GraphCase(name);
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", [GraphCase.N, .. Array.ConvertAll(sizes, size => (Dimension)size)]);
        Node w = graph.Broadcast(model.Parameter(graph, "w", StorageKind.RowMajor, sizes), x.Shape);
        return model.Step(graph, [x], graph.Mean(graph.Map(ScalarExpressions.Square, function(graph, graph.Multiply(x, w)))));
    }

    // The ids are an input where they differ by sample, else an order of parameters.
    private static GraphCase Picked(string name, Dimension[] ids)
    {
        var model = new GraphCase(name);
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 4, 3);
        Node w = graph.Broadcast(model.Parameter(graph, "w", StorageKind.RowMajor, 4, 3), x.Shape);
        bool own = !ids[0].IsConstant;
        Node numbers = own ? GraphCase.Labels(graph, "ids", ids)
            : graph.Reshape(
                graph.Map(new ScalarExpression.Binary(BinaryFunction.Min, X, 3), ElementType.Int32,
                    graph.Add(new ArgSort(0, true, 6), model.Parameter(graph, "order", StorageKind.RowMajor, 6))),
                new Shape(ids));
        Node picked = graph.Add(new TakeAlong(1), graph.Multiply(x, w), numbers);
        return model.Step(graph, own ? [x, numbers] : [x], graph.Mean(graph.Map(ScalarExpressions.Square, picked)));
    }

    // Without samples: of parameters alone.
    private static GraphCase Fixed()
    {
        var model = new GraphCase("of parameters");
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 5), w = model.Parameter(graph, "w", StorageKind.RowMajor, 3, 5);
        Node sums = graph.Add(new Recurrence(0, false), w, graph.Square(w));
        Node sorted = graph.Add(new TakeAlong(1), sums, graph.Add(new ArgSort(1, false, 5), sums));
        return model.Step(graph, [x], graph.Mean(graph.Map(ScalarExpressions.Square, graph.Add(new Contract(false, true), x, sorted))));
    }
}
