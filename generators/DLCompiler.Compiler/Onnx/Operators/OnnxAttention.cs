using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Attention and rotary embeddings.</summary>
internal static class OnnxAttention
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Attention"] = Attend,
        ["RotaryEmbedding"] = Rotate,
    };

    private static IReadOnlyList<OnnxValue> Attend(OnnxCall call)
    {
        GraphBuilder graph = call.Graph;
        bool flat = call.Node(0).Shape.Rank == 3;
        const string Keys = "kv_num_heads";
        Node query = Heads(call, call.Node(0), "q_num_heads"), key = Heads(call, call.Node(1), Keys), value = Heads(call, call.Node(2), Keys);
        long before = 0;
        if (call.Has(4))
        {
            before = call.Size(call.Node(4).Shape, 2);
            (key, value) = (graph.Concat(2, call.Node(4), key), graph.Concat(2, call.Node(5), value));
        }

        int heads = call.Size(query.Shape, 1), keyHeads = call.Size(key.Shape, 1), depth = call.Size(query.Shape, 3);
        double scale = call.Number("scale", 0) is var given && given != 0 ? given : 1 / Math.Sqrt(depth), cap = call.Number("softcap", 0);
        var scores = new Shape(query.Shape[0], heads, query.Shape[2], key.Shape[2]);
        Node? bias = Bias(call, scores);

        // Query i stands behind what came before, whatever the number of keys.
        Dimension ahead = query.Shape[2] - key.Shape[2] + before;
        long? after = call.Integer("is_causal", 0) != 0 ? ahead.Value : null;
        if (cap == 0 && !call.Wants(3) && value.Shape == key.Shape)
        {
            var form = new AttentionForm(heads, keyHeads, scale) { After = after, HasBias = bias is not null };
            Node[] operands = [.. new[] { query, key, value }.Select(node => graph.Transpose(node, 1, 2))];
            Node mixed = graph.Add(new Attention(form), bias is null ? operands : [.. operands, bias]);
            return [flat ? Joined(graph, mixed) : graph.Transpose(mixed, 1, 2), key, value];
        }

        Node raw = graph.Multiply(graph.Add(new Contract(false, true), query, Repeated(graph, key, heads)), scale);
        Node capped = cap == 0 ? raw : graph.Map(cap * new ScalarExpression.Unary(UnaryFunction.Tanh, X * (1 / cap)), raw);
        Node masked = bias is null ? capped : graph.Add(capped, graph.Broadcast(bias, scores));
        if (after is { } limit)
        {
            var isSeen = new ScalarExpression.Compare(Comparison.LessOrEqual, new ScalarExpression.Input(2) - Y, limit + (scores[3] - scores[2]).Value);
            masked = graph.Map(new ScalarExpression.Select(isSeen, X, double.NegativeInfinity), masked,
                graph.Add(new Iota(scores, 2, ElementType.Int32)), graph.Add(new Iota(scores, 3, ElementType.Int32)));
        }

        Node weights = graph.Softmax(masked), result = graph.Add(new Contract(false, false), weights, Repeated(graph, value, heads));
        Node shown = call.Integer("qk_matmul_output_mode", 0) switch { 0 => raw, 1 => capped, 2 => masked, _ => weights };
        return [flat ? Joined(graph, graph.Transpose(result, 1, 2)) : result, key, value, shown];
    }

    // [N, T, H·D] → [N, H, T, D].
    private static Node Heads(OnnxCall call, Node x, string count)
    {
        if (x.Shape.Rank == 4) return x;
        int heads = (int)call.Integer(count, 0), features = call.Size(x.Shape, 2);
        if (heads < 1 || features % heads != 0) throw call.Fail(OnnxProblem.Invalid, $"splits {features} features in {heads} heads");
        return call.Graph.Transpose(call.Graph.Reshape(x, new Shape(x.Shape[0], x.Shape[1], heads, features / heads)), 1, 2);
    }

    // [N, T, H, D] → [N, T, H·D].
    private static Node Joined(GraphBuilder graph, Node x) => graph.Reshape(x, new Shape(x.Shape[0], x.Shape[1], x.Shape[2] * x.Shape[3]));

    // What is added to the scores, as four axes of which each is theirs or 1: a mask, or one of numbers, and the lengths of the samples' keys.
    private static Node? Bias(OnnxCall call, Shape scores)
    {
        GraphBuilder graph = call.Graph;
        Node? bias = null;
        if (call.Has(3))
        {
            Node mask = call.Node(3);
            Shape shape = mask.Shape;
            bias = mask.Type.Element == ElementType.Bool
                ? graph.Map(new ScalarExpression.Select(X, 0.0, double.NegativeInfinity), ElementType.Float32, mask) : mask;
            bias = graph.Reshape(bias, new Shape(Enumerable.Repeat(Dimension.One, 4 - shape.Rank).Concat(shape)));

            // Keys beyond the mask are padding.
            long missing = (scores[3] - bias.Shape[3]) is { IsConstant: true } rest && bias.Shape[3] != Dimension.One ? rest.Value : 0;
            if (missing > 0)
            {
                Node hidden = graph.Constant(double.NegativeInfinity, bias.Type with { Shape = bias.Shape.With(3, missing) });
                bias = graph.Concat(3, bias, hidden);
            }
        }

        if (!call.Has(6)) return bias;
        var rows = new Shape(scores[0], 1, 1, scores[3]);
        var isKey = new ScalarExpression.Compare(Comparison.Less, X, Y);
        Node lengths = graph.Map(new ScalarExpression.Select(isKey, 0.0, double.NegativeInfinity), ElementType.Float32,
            graph.Add(new Iota(rows, 3, ElementType.Int32)), graph.BroadcastAlong(call.Node(6), rows, [0]));
        return bias is null ? lengths : graph.Add(bias, lengths);
    }

    // Neighbouring heads of the query share one of the keys.
    private static Node Repeated(GraphBuilder graph, Node x, int heads)
    {
        Shape shape = x.Shape;
        if (shape[1] == (Dimension)heads) return x;
        long group = heads / shape[1].Value;
        Node repeated = graph.BroadcastAlong(x, new Shape(shape[0], shape[1], group, shape[2], shape[3]), [0, 1, 3, 4]);
        return graph.Reshape(repeated, shape.With(1, heads));
    }

    // Pairs of features turned by angles whose cosines and sines are given for each position.
    private static IReadOnlyList<OnnxValue> Rotate(OnnxCall call)
    {
        GraphBuilder graph = call.Graph;
        Node given = call.Node(0), x = Heads(call, given, "num_heads"), cosine = call.Node(1), sine = call.Node(2);
        if (call.Has(3)) (cosine, sine) = (graph.Add(new Gather(), cosine, call.Node(3)), graph.Add(new Gather(), sine, call.Node(3)));
        int depth = call.Size(x.Shape, 3), turned = (int)call.Integer("rotary_embedding_dim", 0) is var dimensions && dimensions > 0 ? dimensions : depth;
        int half = turned / 2;
        bool interleaved = call.Integer("interleaved", 0) != 0;
        Shape pairs = x.Shape.With(3, half);
        Node a = interleaved ? graph.Slice(x, 3, 0, half, 2) : graph.Slice(x, 3, 0, half), b = interleaved ? graph.Slice(x, 3, 1, half, 2)
            : graph.Slice(x, 3, half, half);
        Node c = graph.BroadcastAlong(cosine, pairs, [0, 2, 3]), s = graph.BroadcastAlong(sine, pairs, [0, 2, 3]);
        ScalarExpression third = new ScalarExpression.Input(2), fourth = new ScalarExpression.Input(3);
        Node first = graph.Map((X * third) - (Y * fourth), a, b, c, s), second = graph.Map((Y * third) + (X * fourth), a, b, c, s);
        var apart = new Shape(pairs.Append(Dimension.One));
        Node joined = interleaved
            ? graph.Reshape(graph.Concat(4, graph.Reshape(first, apart), graph.Reshape(second, apart)), x.Shape.With(3, turned))
            : graph.Concat(3, first, second);
        if (turned < depth) joined = graph.Concat(3, joined, graph.Slice(x, 3, turned, depth - turned));
        return [given.Shape.Rank == 4 ? joined : Joined(graph, graph.Transpose(joined, 1, 2))];
    }
}
