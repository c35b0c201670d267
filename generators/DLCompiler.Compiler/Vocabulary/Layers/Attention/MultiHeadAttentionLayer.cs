using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers.Attention;

/// <summary>
/// <c>MultiHeadAttention(heads, keyValueHeads = heads, bias = true, dropout = 0, causal = false, window = none, rotaryBase = none, alibi = false,
/// separate = false, initializer)</c> of x [N, T, E], with itself or with a memory [N, S, E]. Of itself, the projection's heads are one operand, read where
/// the projection stores them.
/// </summary>
internal static class MultiHeadAttentionLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.MultiHeadAttention", Check, Forward, HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "heads", 1);
        Checks.Optional(arguments, "keyValueHeads");
        Checks.Optional(arguments, "window");
        DropoutLayer.CheckRate(arguments, "dropout");
        int heads = arguments.Integer("heads"), keyHeads = arguments.Integer("keyValueHeads");
        if (keyHeads != 0 && heads % keyHeads != 0)
        {
            throw new VocabularyError(DiagnosticIds.Divisibility, arguments.OriginOf("keyValueHeads"),
                $"{Checks.Text(keyHeads)} heads of keys and values do not divide {Checks.Text(heads)} heads. Use {Checks.CommonDivisors(heads, heads)}")
            {
                Tensors = [],
                Properties = Checks.Divisor("keyValueHeads", keyHeads, heads, heads),
            };
        }

        double rotary = arguments.Number("rotaryBase");
        if (rotary is not 0 and not > 1) throw Checks.Wrong(arguments, "rotaryBase", $"is {Checks.Text(rotary)}; it must be above 1, or omit it");
    }

    private static TensorValue Forward(VocabularyCall call)
    {
        GraphBuilder graph = call.Graph;
        ArgumentSet arguments = call.Layer.Arguments;
        Node x = Sequence(call, call.Input, call.InputOrigin);
        Node? memory = call.Arguments.OptionalTensor("memory") is { } given ? Sequence(call, given, call.Arguments.OriginOf("memory")) : null;
        long features = Checks.Constant(call, 2, call.Layer.Quoted);
        call.BindInput(features, "features", x.Shape);
        if (memory is not null && (memory.Shape[0] != x.Shape[0] || memory.Shape[2] != x.Shape[2]))
        {
            throw new VocabularyError(DiagnosticIds.MatMul, call.Arguments.OriginOf("memory"),
                $"{call.Layer.Quoted} expects a memory [{x.Shape[0]}, S, {x.Shape[2]}] for {x.Shape}, but receives {memory.Shape}", call.InputOrigin)
            { Tensors = [memory, x] };
        }

        int heads = arguments.Integer("heads"), keyHeads = arguments.Integer("keyValueHeads") is var own && own > 0 ? own : heads;
        if (features % heads != 0)
        {
            throw call.ErrorAtLayer(DiagnosticIds.Divisibility, "heads",
                $"{Checks.Count(heads, "head", "heads")} do not divide {Checks.Text(features)} features. Use {Checks.CommonDivisors(features, features)}",
                Checks.Divisor("heads", heads, features, features));
        }

        int depth = (int)(features / heads);
        double rotary = arguments.Number("rotaryBase");
        AttentionForm form = Attending.Windowed(new AttentionForm(heads, keyHeads, 1 / Math.Sqrt(depth)), arguments);
        IReadOnlyList<Node> operands = Project(call, x, memory, form, depth, (int)features);
        form = form with { IsPacked = operands.Count == 1 };
        if (rotary > 0)
        {
            operands = Apart(graph, operands, form);
            operands = [Rotation.Rotate(graph, operands[0], 1, depth, rotary, 0, false), Rotation.Rotate(graph, operands[1], 1, depth, rotary, 0, false),
                operands[2]];
            form = form with { IsPacked = false };
        }

        Node mixed = Attending.Attend(call, form, operands, arguments.Number("dropout"), alibi: arguments.Flag("alibi", false));
        Node joined = graph.Reshape(mixed, new Shape(x.Shape[0], x.Shape[1], features));
        return new TensorValue(graph.Reshape(Affine(call, "out_proj.", joined, (int)features, InitializerKind.UniformFanIn), x.Shape));
    }

    private static Node Sequence(VocabularyCall call, Node node, Origin origin) => node.Shape.Rank == 3 ? node
        : throw new VocabularyError(
            DiagnosticIds.WrongRank, origin, $"{call.Layer.Quoted} expects sequences [N, T, features] but receives {Checks.Name(node.Shape)}")
        { Tensors = [node] };

    // One operand with all heads, or query, key and value.
    private static IReadOnlyList<Node> Project(VocabularyCall call, Node x, Node? memory, AttentionForm form, int depth, int features)
    {
        GraphBuilder graph = call.Graph;
        Node source = memory ?? x;
        int keys = form.KeyHeads * depth, all = features + (2 * keys);
        Node Heads(Node node, Node of, int count) => graph.Reshape(node, new Shape(of.Shape[0], of.Shape[1], count, depth));
        if (call.Layer.Arguments.Flag("separate", false))
        {
            return [Heads(Affine(call, "q_proj.", x, features, InitializerKind.GlorotUniform), x, form.Heads),
                Heads(Affine(call, "k_proj.", source, keys, InitializerKind.GlorotUniform), source, form.KeyHeads),
                Heads(Affine(call, "v_proj.", source, keys, InitializerKind.GlorotUniform), source, form.KeyHeads)];
        }

        Node weight = call.Parameter("in_proj_weight", new Shape(all, features), Initializers.Weights(call.Layer.Arguments, InitializerKind.GlorotUniform),
            features, all, memory is null ? StorageKind.Panels : StorageKind.RowMajor);
        Node? bias = HasBias(call) ? call.Parameter("in_proj_bias", new Shape(all), InitializerKind.Zeros, features, all) : null;
        if (memory is null) return [Heads(Product(graph, x, weight, bias), x, form.Heads + (2 * form.KeyHeads))];

        // The weights' parts are those of the query, and of keys and values together.
        Node Part(Node of, int start, int rows) =>
            Product(graph, of, graph.Slice(weight, 0, start, rows), bias is null ? null : graph.Slice(bias, 0, start, rows));
        Node pair = Heads(Part(source, features, 2 * keys), source, 2 * form.KeyHeads);
        return [Heads(Part(x, 0, features), x, form.Heads), graph.Slice(pair, 2, 0, form.KeyHeads), graph.Slice(pair, 2, form.KeyHeads, form.KeyHeads)];
    }

    private static IReadOnlyList<Node> Apart(GraphBuilder graph, IReadOnlyList<Node> operands, AttentionForm form) => !form.IsPacked ? operands
        : [graph.Slice(operands[0], 2, 0, form.Heads), graph.Slice(operands[0], 2, form.Heads, form.KeyHeads),
            graph.Slice(operands[0], 2, form.Heads + form.KeyHeads, form.KeyHeads)];

    private static Node Affine(VocabularyCall call, string prefix, Node x, int units, InitializerKind initializer)
    {
        long inputs = x.Shape[2].Value;
        Node weight = call.Parameter(prefix + "weight", new Shape(units, inputs), Initializers.Weights(call.Layer.Arguments, initializer), inputs, units,
            StorageKind.Panels);
        Node? bias = HasBias(call) ? call.Parameter(prefix + "bias", new Shape(units), InitializerKind.Zeros, inputs, units) : null;
        return Product(call.Graph, x, weight, bias);
    }

    private static bool HasBias(VocabularyCall call) => call.Layer.Arguments.Flag("bias", true);

    // [N·T, units].
    private static Node Product(GraphBuilder graph, Node x, Node weight, Node? bias)
    {
        Node y = graph.Add(new Contract(false, true), graph.Reshape(x, new Shape(x.Shape[0] * x.Shape[1], x.Shape[2])), weight);
        return bias is null ? y : graph.Map(Building.X + Building.Y, y, graph.BroadcastAlong(bias, y.Shape, [1]));
    }
}
