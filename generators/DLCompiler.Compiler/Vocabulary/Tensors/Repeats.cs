using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>
/// <c>blocks.Forward(x, (block, y) =&gt; …)</c>: the blocks of a Repeat one after the other. Each is evaluated in a graph of its own; where all of these are
/// the
/// same but for the parameters they read, one of them becomes the body of a loop over the stacked parameters, else they follow each other.
/// </summary>
internal static class Repeats
{
    public const string Owner = "DLCompiler.Repeat`1";

    public static IEnumerable<Operation> Operations => [new(Owner, "Forward", Forward)];

    private static object Forward(VocabularyCall call)
    {
        if (call.Receiver is not RepeatValue blocks) throw call.Error(DiagnosticIds.Unsupported, "these blocks can't be compiled; make a Repeat of them");
        object? first = call.Arguments.Find("x")?.Value, step = call.Arguments.Find("step")?.Value;
        List<Node> states = [];
        if (!Structure.Flatten(first, states) || states.Count == 0)
            throw call.ErrorAt(DiagnosticIds.Unsupported, "x",
                "what goes through a Repeat can't be compiled; it is a tensor, or a tuple or an array of tensors");
        return blocks.HasStates ? OneByOne(call, blocks, step, first!) : Rolled(call, blocks, step, first!, states);
    }

    // Running statistics move with each application, in an order: no loop.
    private static object OneByOne(VocabularyCall call, RepeatValue blocks, object? step, object first)
    {
        object state = first;
        foreach (object? block in blocks.Items)
        {
            (object? next, Origin? place) = call.Invoke(step, [block, state]);
            if (Structure.HasPoison(next)) return PoisonValue.Instance;
            _ = Ends(call, next, state, place);
            state = next!;
        }

        return state;
    }

    private static object Rolled(VocabularyCall call, RepeatValue blocks, object? step, object first, List<Node> states)
    {
        var rounds = new List<Round>();
        TensorType[] types = [.. states.Select(state => state.Type)];
        foreach (object? block in blocks.Items)
        {
            LoopBody body = call.Function.BeginLoop();
            try
            {
                Node[] entries = [.. types.Select((type, index) => body.AddParameter("state " + index.ToString(CultureInfo.InvariantCulture), type))];
                foreach (Node entry in entries) call.Function.Trail.Add(entry, call, "step");
                object given = Structure.Rebuild(first, new Queue<Node>(entries))!;
                (object? value, Origin? place) = call.Invoke(step, [block, given]);
                if (Structure.HasPoison(value)) return PoisonValue.Instance;
                List<Node> ends = Ends(call, value, given, place);
                (SubGraph closed, IReadOnlyList<Node> shared) = body.Close(ends, node => node.Operator is Parameter);
                rounds.Add(new Round(closed, shared));
                types = [.. ends.Select(end => end.Type)];
            }
            finally
            {
                call.Function.EndLoop();
            }
        }

        IReadOnlyList<Node> results = RepeatRolling.Roll(call.Graph, states, rounds, blocks.Recompute) ?? RepeatRolling.Follow(call.Graph, states, rounds);
        return Structure.Rebuild(first, new Queue<Node>(results))!;
    }

    // The tensors that a step returns, built as those that it was given.
    private static List<Node> Ends(VocabularyCall call, object? value, object given, Origin? place)
    {
        List<Node> before = [], after = [];
        Structure.Flatten(given, before);
        if (!Structure.Flatten(value, after) || before.Count != after.Count)
        {
            throw new VocabularyError(
                DiagnosticIds.Unsupported,
                place ?? call.Arguments.OriginOf("step"),
                "what the step of a Repeat returns can't be compiled; return what the next block is given, built as what the first one is given")
            {
                Tensors = [],
            };
        }

        return after.All(call.Graph.Reaches) ? after : throw new VocabularyError(
            DiagnosticIds.Unsupported, place ?? call.Arguments.OriginOf("step"), "the step of a Repeat returns a tensor of another one's step")
        { Tensors = [] };
    }
}
