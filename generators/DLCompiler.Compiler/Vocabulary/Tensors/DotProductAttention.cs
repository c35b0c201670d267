using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Layers;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary><c>ScaledDotProductAttention</c> of [N, H, T, D], or of [N, T, D] with one head.</summary>
internal static class DotProductAttention
{
    public static IEnumerable<Operation> Operations => [new(Operation.Tensor, "ScaledDotProductAttention", Lower, HasRow: true)];

    private static TensorValue Lower(VocabularyCall call)
    {
        GraphBuilder graph = call.Graph;
        ArgumentSet arguments = call.Arguments;
        Node query = call.Input, key = arguments.Tensor("key"), value = arguments.Tensor("value");
        int rank = query.Shape.Rank;
        if (rank is not (3 or 4))
            throw call.ErrorAtInput(DiagnosticIds.WrongRank,
                $"ScaledDotProductAttention expects queries [N, heads, T, features] or [N, T, features] but receives {Checks.Name(query.Shape)}");
        DropoutLayer.CheckRate(arguments, "dropout");
        long depth = Checks.Constant(call, rank - 1, "ScaledDotProductAttention");
        bool hasHeads = rank == 4;
        RequireBeside(call, "key", key.Shape, query.Shape.With(rank - 2, key.Shape.Rank == rank ? key.Shape[rank - 2] : Dimension.One), hasHeads);
        RequireBeside(call, "value", value.Shape, key.Shape, false);
        int heads = hasHeads ? Heads(call, query, call.InputOrigin) : 1, keyHeads = hasHeads ? Heads(call, key, arguments.OriginOf("key")) : 1;
        if (heads % keyHeads != 0)
            throw call.ErrorAt(DiagnosticIds.Divisibility, "key",
                $"the {Checks.Count(keyHeads, "head", "heads")} of the key {key.Shape} do not divide the {Checks.Text(heads)} of the query {query.Shape}; "
                    + $"use {Checks.CommonDivisors(heads, heads)}");
        double scale = arguments.Number("scale");
        AttentionForm form = Attending.Windowed(new AttentionForm(heads, keyHeads, scale == 0 ? 1 / Math.Sqrt(depth) : scale), arguments);
        Node[] operands = [.. new[] { query, key, value }.Select(node => hasHeads ? graph.Transpose(node, 1, 2)
            : graph.Reshape(node, new Shape(node.Shape[0], node.Shape[1], 1, depth)))];
        Node result = Attending.Attend(call, form, operands, arguments.Number("dropout"), hasHeads);
        return new TensorValue(hasHeads ? graph.Transpose(result, 1, 2) : graph.Reshape(result, query.Shape));
    }

    private static int Heads(VocabularyCall call, Node node, Origin origin) => node.Shape[1].IsConstant ? (int)node.Shape[1].Value
        : throw new VocabularyError(DiagnosticIds.WrongRank, origin,
            $"ScaledDotProductAttention expects [N, heads, T, features] with a constant number of heads but receives {node.Shape}; "
                + "leave the axis of heads out where there is one")
        { Tensors = [call.Input, node] };

    // Equal but along the axis of heads, if that may differ.
    private static void RequireBeside(VocabularyCall call, string name, Shape shape, Shape expected, bool exceptHeads)
    {
        int different = shape.Rank != expected.Rank ? -2
            : Operands.FirstDifference(exceptHeads ? shape.With(1, Dimension.One) : shape, exceptHeads ? expected.With(1, Dimension.One) : expected);
        if (different == -1) return;
        string what = different == -2 ? $"it has {Checks.Count(shape.Rank, "dimension", "dimensions")} instead of {Checks.Text(expected.Rank)}"
            : $"dimension {Checks.Text(different)} is {shape[different]} instead of {expected[different]}";
        string other = name == "key" ? $"the query {call.Input.Shape}" : $"the key {expected}";
        throw new VocabularyError(DiagnosticIds.MatMul, call.Arguments.OriginOf(name), $"the {name} {Checks.Name(shape)} does not fit {other}: {what}")
        {
            Tensors = [call.Arguments.Tensor(name), call.Input],
        };
    }
}
