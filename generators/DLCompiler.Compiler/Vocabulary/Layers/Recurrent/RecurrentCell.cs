using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Recurrent;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers.Recurrent;

/// <summary>
/// One step of a recurrent layer: <c>(units, input = 0, bias = true, initializer)</c>; x [N, inputs] and the states [N, units] give the next states. What
/// bodies of <c>Scan</c> and decoders are made of.
/// </summary>
internal static class RecurrentCell
{
    public static IEnumerable<LayerDefinition> Definitions =>
    [
        Definition("RnnCell", arguments => new SimpleRnnKind(arguments.Member("activation", "Tanh") == "Relu")),
        Definition("LstmCell", _ => new LstmKind()),
        Definition("GruCell", arguments => new GruKind(arguments.Flag("resetAfter", true))),
    ];

    private static LayerDefinition Definition(string name, System.Func<ArgumentSet, CellKind> kind) =>
        new("DLCompiler." + name, Check, call => Forward(call, kind(call.Layer.Arguments)), HasParameters: true);

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "units", 1);
        Checks.Optional(arguments, "input");
    }

    private static object Forward(VocabularyCall call, CellKind kind)
    {
        Node x = call.Input;
        if (x.Shape.Rank != 2)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank,
                $"{call.Layer.Quoted} takes one step [N, features] but receives {Checks.Name(x.Shape)}; "
                    + "walk along sequences with Scan, or use the whole layer");
        }

        long features = Checks.Constant(call, 1, call.Layer.Quoted);
        int declared = call.Layer.Arguments.Integer("input"), units = call.Layer.Arguments.Integer("units");
        if (declared != 0 && declared != features) throw call.WrongInputSize("input", "inputs", declared, features, Checks.Describe(x));
        call.BindInput(features, "inputs", x.Shape);
        Node[] states = [.. kind.States.Select(name => State(call, name, new Shape(x.Shape[0], units)))];
        var weights = RecurrentWeights.Declare(call, "", kind.Gates, units, features);
        IReadOnlyList<Node> shared = kind.Shared(call.Graph, weights.Recurrent, weights.RecurrentBias);
        IReadOnlyList<Node> next = kind.Step(call.Graph, weights.Project(call.Graph, x, kind.JoinsBiases), states, states[0], shared);
        return next.Count == 1 ? new TensorValue(next[0]) : new TupleValue([.. next.Select(state => new TensorValue(state))]);
    }

    private static Node State(VocabularyCall call, string name, Shape expected)
    {
        Node state = call.Arguments.Tensor(name);
        if (state.Shape == expected) return state;
        throw new VocabularyError(
            DiagnosticIds.WrongRank,
            call.Arguments.OriginOf(name),
            $"{call.Layer.Quoted} expects the state '{name}' as {expected} but receives {Checks.Name(state.Shape)}; "
                + $"begin with Tensor.Zeros({(expected[0].IsConstant ? expected[0].ToString() : "x.Shape[0]")}, {expected[1]})",
            call.InputOrigin)
        {
            Tensors = [state, call.Input],
        };
    }
}
