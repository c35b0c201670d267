using System;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Attention and its gradients: masks of all kinds, shared key heads, odd sizes, many keys in blocks, few queries.</summary>
public sealed class AttentionTests
{
    private static readonly int[] FewBatches = CompiledAgainstReference.IsFull ? [1, 2, 5] : [3];

    private static Dimension N => GraphCase.N;

    // Every case has some forty kernels at four levels: a build on every change takes those that between them have every feature.
    private static GraphCase[] Some(GraphCase[] cases, params string[] names) =>
        [.. cases.Where(one => CompiledAgainstReference.IsFull || names.Any(name => one.Name.EndsWith(name, StringComparison.Ordinal)))];

    [Fact]
    public void HeadsOfAProjectionMatchTheReference() => CompiledAgainstReference.Check(Some(
    [
        Packed("one head of one element", 1, 1, 1, 1),
        Packed("causal", 5, 2, 2, 16, form => form with { After = 0 }),
        Packed("of odd size", 19, 2, 2, 5, form => form with { After = 0 }),
        Packed("all keys", 21, 3, 3, 8),
        Packed("shared keys", 17, 4, 2, 20, form => form with { After = 0 }),
        Packed("one key head", 9, 3, 1, 16),
        Packed("window", 37, 1, 1, 16, form => form with { Before = 5, After = 0 }),
        Packed("window to both sides", 35, 2, 1, 7, form => form with { Before = 3, After = 2 }),
        Packed("beyond its own position", 9, 1, 1, 4, form => form with { Before = -1 }),
    ], "of odd size", "shared keys", "window"), batches: FewBatches);

    [Fact]
    public void SeparateOperandsMatchTheReference() => CompiledAgainstReference.Check(Some(
    [
        Separate("cross", 5, 9, 2, 2, 16),
        Separate("causal behind a cache", 3, 11, 2, 2, 8, form => form with { After = 0 }),
        Separate("more queries than keys", 9, 4, 2, 1, 8, form => form with { After = 0 }),
        Separate("one query", 1, 23, 4, 2, 20, form => form with { After = 0 }),
        Separate("heads first", 6, 7, 2, 2, 16, headsFirst: true),
        Separate("bias", 6, 7, 2, 2, 8, bias: [1, 2, 6, 7]),
        Separate("bias of each sample", 4, 5, 2, 2, 8, form => form with { After = 0 }, bias: [N, 1, 1, 5]),
        Separate("bias of queries", 4, 20, 2, 2, 8, bias: [1, 2, 4, 1]),
        Separate("bias of distances", 5, 18, 2, 2, 8, form => form with { IsRelative = true }, bias: [1, 2, 1, 23]),
        Separate("lengths", 6, 19, 2, 1, 16, form => form with { HasLengths = true }),
        Separate("causal, lengths", 19, 19, 1, 1, 16, form => form with { HasLengths = true, After = 0 }),
    ], "heads first", "one query", "bias of distances", "causal, lengths"), batches: FewBatches);

    [Fact]
    public void CachesOfDifferentLengthsMatchTheReference() => CompiledAgainstReference.Check(Some(
    [
        Separate("continued", 7, 19, 2, 1, 16, form => Continued(form) with { After = 0 }),
        Separate("one query, continued", 1, 19, 2, 2, 16, form => Continued(form) with { After = 0, Before = 5 }),
        Separate("continued window", 6, 23, 2, 2, 5, form => Continued(form) with { After = 1, Before = 3 }),
        Separate("continued distances", 3, 17, 2, 2, 8, form => Continued(form) with { After = 0, IsRelative = true, Reach = 20 }, bias: [1, 2, 1, 40]),
        Separate("distances of a reach", 5, 18, 2, 2, 8, form => form with { IsRelative = true, Reach = 21 }, bias: [1, 2, 1, 42]),
    ], "one query, continued", "continued distances"), batches: FewBatches);

    private static AttentionForm Continued(AttentionForm form) => form with { HasLengths = true, IsContinued = true };

    [Fact]
    public void ManyKeysInBlocksMatchTheReference() => CompiledAgainstReference.Check(Some(
    [
        Packed("causal", 530, 1, 1, 4, form => form with { After = 0 }),
        Packed("window", 520, 1, 1, 3, form => form with { Before = 70, After = 1 }),
        Separate("one query", 1, 700, 2, 1, 16),
        Separate("lengths", 70, 515, 1, 1, 16, form => form with { HasLengths = true }),
    ], "window"), batches: [2], doubleTolerance: 1e-8, singleTolerance: 1e-3);

    [Fact]
    public void LengthsThatCallsGiveMatchTheReference() => CompiledAgainstReference.Check(Some(
    [
        OfLength("causal", form => form with { After = 0 }),
        OfLength("window", form => form with { Before = 2, After = 1 }),
        OfLength("lengths", form => form with { HasLengths = true }),
    ], "causal"));

    // Trained: a projection's heads, read where it stores them.
    private static GraphCase Packed(string name, int length, int heads, int keyHeads, int depth, Func<AttentionForm, AttentionForm>? with = null)
    {
        var model = new GraphCase("packed, " + name);
        var graph = new GraphBuilder();
        int all = heads + (2 * keyHeads);
        Node x = GraphCase.Input(graph, "x", N, length, all, depth);
        Node w = model.Parameter(graph, "w", StorageKind.RowMajor, length, all, depth);
        var form = new AttentionForm(heads, keyHeads, 0.8) { IsPacked = true };
        graph.Label = "attention";
        Node y = graph.Add(new Attention(with?.Invoke(form) ?? form), graph.Map(ScalarExpressions.Tanh, graph.Multiply(x, graph.Broadcast(w, x.Shape))));
        return Loss(model, graph, [x], y);
    }

    private static GraphCase Separate(string name, int queries, int keys, int heads, int keyHeads, int depth, Func<AttentionForm, AttentionForm>? with = null,
        bool headsFirst = false, Dimension[]? bias = null)
    {
        var model = new GraphCase(name);
        var graph = new GraphBuilder();
        var form = new AttentionForm(heads, keyHeads, 0.8) { HasBias = bias is not null };
        form = with?.Invoke(form) ?? form;
        Node x = GraphCase.Input(graph, "x", N, queries, heads, depth), y = GraphCase.Input(graph, "y", N, keys, 2 * keyHeads, depth);
        graph.Label = "attention";
        Node query = Weighted(model, graph, x, "query"), key = Weighted(model, graph, graph.Slice(y, 2, 0, keyHeads), "key");
        Node value = Weighted(model, graph, graph.Slice(y, 2, keyHeads, keyHeads), "value");
        if (headsFirst) (query, key, value) = (Stored(graph, query), Stored(graph, key), Stored(graph, value));
        Node? lengths = form.HasLengths ? GraphCase.Labels(graph, "lengths", N) : null;
        Node[] extra = bias is null ? [] : [Bias(model, graph, x, bias)];
        Node result = graph.Add(new Attention(form), [query, key, value, .. lengths is null ? Array.Empty<Node>() : [lengths], .. extra]);
        return Loss(model, graph, lengths is null ? [x, y] : [x, y, lengths], result);
    }

    // [N, H, T, D] in memory, [N, T, H, D] for the attention.
    private static Node Stored(GraphBuilder graph, Node node) =>
        graph.Permute(graph.Reshape(graph.Permute(node, [0, 2, 1, 3]), new Shape(N, node.Shape[2], node.Shape[1], node.Shape[3])), [0, 2, 1, 3]);

    private static Node Bias(GraphCase model, GraphBuilder graph, Node x, Dimension[] shape)
    {
        Node table = model.Parameter(graph, "bias", StorageKind.RowMajor, [.. shape.Select(size => size.IsConstant ? size.Value : 1)]);
        if (shape[0].IsConstant) return graph.Reshape(table, new Shape(shape));
        Node first = graph.Reshape(graph.ReduceSum(x, [1, 2, 3]), new Shape(N, 1, 1, 1));
        return graph.Multiply(graph.Broadcast(first, new Shape(shape)), graph.Broadcast(table, new Shape(shape)));
    }

    private static GraphCase OfLength(string name, Func<AttentionForm, AttentionForm> with)
    {
        var model = new GraphCase("of a given length, " + name) { Sizes = [GraphCase.BoundOfT] };
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", N, GraphCase.T, 6, 4);
        AttentionForm form = with(new AttentionForm(2, 2, 0.8) { IsPacked = true });
        Node? lengths = form.HasLengths ? GraphCase.Labels(graph, "lengths", N) : null;
        Node w = graph.BroadcastAlong(model.Parameter(graph, "w", StorageKind.RowMajor, 6, 4), x.Shape, [2, 3]);
        graph.Label = "attention";
        Node heads = graph.Map(ScalarExpressions.Tanh, graph.Multiply(x, w));
        Node y = graph.Add(new Attention(form), lengths is null ? [heads] : [heads, lengths]);
        return Loss(model, graph, lengths is null ? [x] : [x, lengths], y);
    }

    private static Node Weighted(GraphCase model, GraphBuilder graph, Node x, string name)
    {
        Node w = model.Parameter(graph, name, StorageKind.RowMajor, [.. x.Shape.Skip(1).Select(size => size.Value)]);
        return graph.Map(ScalarExpressions.Tanh, graph.Multiply(x, graph.Broadcast(w, x.Shape)));
    }

    // Each element counts for itself, and the result is read off as well.
    private static GraphCase Loss(GraphCase model, GraphBuilder graph, Node[] inputs, Node result) =>
        model.Step(graph, inputs, graph.Mean(graph.Map(ScalarExpressions.Square, graph.Add(result, 0.3)))).Predict(graph, inputs, result);
}
