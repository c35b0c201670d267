using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Layers.Attention;

/// <summary>
/// Where an element of a sequence stands: <c>RotaryEmbedding(base = 10000, dimensions = all, interleaved = false, offset = 0)</c> of queries and keys
/// […, T, D]; <c>SinusoidalPositions(base = 10000)</c> and <c>LearnedPositions(count)</c>, which are added to [N, T, features].
/// </summary>
internal static class PositionLayers
{
    public static IEnumerable<LayerDefinition> Definitions =>
    [
        new("DLCompiler.RotaryEmbedding", CheckRotary, Rotary, HasParameters: false),
        new("DLCompiler.SinusoidalPositions", CheckBase, Sinusoidal, HasParameters: false),
        new("DLCompiler.LearnedPositions", arguments => Checks.AtLeast(arguments, "count", 1), Learned, HasParameters: true),
    ];

    private static void CheckBase(ArgumentSet arguments)
    {
        double value = arguments.Number("base", 10000);
        if (!(value > 1)) throw Checks.Wrong(arguments, "base", $"is {Checks.Text(value)}; it must be above 1");
    }

    private static void CheckRotary(ArgumentSet arguments)
    {
        CheckBase(arguments);
        Checks.AtLeast(arguments, "offset", 0);
        int dimensions = arguments.Integer("dimensions");
        if (dimensions < 0 || dimensions % 2 != 0)
            throw Checks.Wrong(arguments, "dimensions", $"is {Checks.Text(dimensions)}; it must be an even number, of pairs that are turned, or omit it");
    }

    private static TensorValue Rotary(VocabularyCall call)
    {
        Node x = call.Input;
        ArgumentSet arguments = call.Layer.Arguments;
        if (x.Shape.Rank < 3)
            throw call.ErrorAtInput(DiagnosticIds.WrongRank, $"{call.Layer.Quoted} expects [N, …, T, features] but receives {Checks.Name(x.Shape)}");
        int last = x.Shape.Rank - 1, declared = arguments.Integer("dimensions");
        long depth = Checks.Constant(call, last, call.Layer.Quoted);
        if (declared > depth)
        {
            throw call.ErrorAtLayer(DiagnosticIds.InvalidArgument, "dimensions",
                $"dimensions is {Checks.Text(declared)}, and {x.Shape} has {Checks.Text(depth)} features; use at most {Checks.Text(depth / 2 * 2)}",
                EquatableArray<DiagnosticProperty>.Empty);
        }

        if (declared == 0 && depth % 2 != 0)
            throw call.ErrorAtInput(
                DiagnosticIds.Divisibility, $"{call.Layer.Quoted} turns pairs of features, and {x.Shape} has {Checks.Text(depth)}, an odd number");
        return new TensorValue(Rotation.Rotate(call.Graph, x, last - 1, declared == 0 ? (int)depth : declared, arguments.Number("base", 10000),
            arguments.Integer("offset"), arguments.Flag("interleaved", false)));
    }

    private static TensorValue Sinusoidal(VocabularyCall call)
    {
        Node x = Sequence(call);
        long features = Checks.Constant(call, 2, call.Layer.Quoted);
        var shape = new Shape(x.Shape[1], features);
        ScalarExpression pair = Call(UnaryFunction.Floor, Y * 0.5);
        ScalarExpression angle = X * Call(UnaryFunction.Exp, pair * (-2 * Math.Log(call.Layer.Arguments.Number("base", 10000)) / features));
        var isEven = new ScalarExpression.Compare(Comparison.Equal, Y - (pair * 2), 0);
        Node table = call.Graph.Map(new ScalarExpression.Select(isEven, Call(UnaryFunction.Sin, angle), Call(UnaryFunction.Cos, angle)),
            call.Graph.Add(new Iota(shape, 0, ElementType.Float32)), call.Graph.Add(new Iota(shape, 1, ElementType.Float32)));
        return new TensorValue(call.Graph.Add(x, call.Graph.BroadcastAlong(table, x.Shape, [1, 2])));
    }

    private static TensorValue Learned(VocabularyCall call)
    {
        Node x = Sequence(call);
        GraphBuilder graph = call.Graph;
        int count = call.Layer.Arguments.Integer("count");
        long features = Checks.Constant(call, 2, call.Layer.Quoted);
        Dimension steps = x.Shape[1];
        long most = steps.Evaluate(symbol => call.Function.Bounds.TryGetValue(symbol, out long bound) ? bound : long.MaxValue);
        if (most > count)
        {
            string what = steps.IsConstant ? Checks.Text(most) : most == long.MaxValue ? $"{steps}" : $"up to {Checks.Text(most)}";
            throw call.ErrorAtLayer(DiagnosticIds.InvalidArgument, "count",
                $"{call.Layer.Quoted} has {Checks.Count(count, "position", "positions")}, and {x.Shape} has {what}; give it as many",
                EquatableArray<DiagnosticProperty>.Empty);
        }

        call.BindInput(features, "features", x.Shape);
        Node table = call.Parameter("weight", new Shape(count, features), Initializers.Weights(call.Layer.Arguments, InitializerKind.Normal), features, count);
        Node rows = steps.IsConstant ? graph.Slice(table, 0, 0, (int)steps.Value)
            : graph.Add(new Gather(), table, graph.Add(new Iota(new Shape(steps), 0, ElementType.Int32)));
        return new TensorValue(graph.Add(x, graph.BroadcastAlong(rows, x.Shape, [1, 2])));
    }

    private static Node Sequence(VocabularyCall call) => call.Input.Shape.Rank == 3 ? call.Input
        : throw call.ErrorAtInput(
            DiagnosticIds.WrongRank, $"{call.Layer.Quoted} expects sequences [N, T, features] but receives {Checks.Name(call.Input.Shape)}");
}
