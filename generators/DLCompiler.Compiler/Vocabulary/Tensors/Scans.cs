using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>
/// <c>x.Scan(first, (state, xt) =&gt; …, axis = 1, reverse = false, truncate = 0)</c>: a step of the user's own along an axis of one or several sequences. The
/// step is run once, on values that stand for those of any step; what it uses from around it becomes shared.
/// </summary>
internal static class Scans
{
    public static IEnumerable<Operation> Operations => [new(Operation.Sequences, "Scan", Scan, HasRow: true)];

    private static object Scan(VocabularyCall call)
    {
        IReadOnlyList<Node> sequences = Sequences(call, out int axis);
        object? first = call.Arguments.Find("first")?.Value;
        List<Node> states = [];
        if (!Structure.Flatten(first, states) || states.Count == 0)
            throw call.ErrorAt(DiagnosticIds.Unsupported, "first",
                "the first state of a Scan can't be compiled; it is a tensor, or a tuple or an array of tensors");
        bool reverse = call.Arguments.Flag("reverse", false);
        int every = call.Arguments.Integer("truncate");
        if (every < 0) throw Checks.Wrong(call.Arguments, "truncate", $"is {Checks.Text(every)}; it is a number of steps, or 0 to go back to the beginning");

        List<Node> walked = [.. sequences.Select(sequence => Forward(call.Graph, sequence, axis))];
        Node[] entries;
        List<Node> ends;
        Node output;
        (SubGraph Body, IReadOnlyList<Node> Shared) closed;
        GraphBuilder around = call.Graph;
        LoopBody body = call.Function.BeginLoop();
        try
        {
            entries = [.. states.Select((state, index) => body.AddParameter($"state {index}", state.Type))];
            Node[] elements = [.. walked.Select((sequence, index) => body.AddParameter($"element {index}", Element(sequence)))];
            foreach (Node element in elements) call.Function.Trail.Add(element, call, "step");
            Node[] given = entries;
            if (every > 0) given = Truncated(around, body, walked, entries, every, reverse);
            object?[] arguments = [Structure.Rebuild(first, new Queue<Node>(given)), .. elements.Select(element => new TensorValue(element))];
            (object? value, Origin? place) = call.Invoke(call.Arguments.Find("step")?.Value, arguments);
            if (Structure.HasPoison(value)) return PoisonValue.Instance;
            (output, ends) = Results(call, value, states, place ?? call.Arguments.OriginOf("step"), axis);
            closed = body.Close([.. ends, output]);
        }
        finally
        {
            call.Function.EndLoop();
        }

        Node Result(int number) => around.Add(
            new Scan(closed.Body, states.Count, walked.Count, reverse, number), [.. states, .. walked, .. closed.Shared]);
        Node outputs = Backward(around, Result(states.Count), axis);
        return new TupleValue([new TensorValue(outputs), Structure.Rebuild(first, new Queue<Node>(Enumerable.Range(0, states.Count).Select(Result)))]);
    }

    // What a step returns: its output and the next states, or the only state, which is its output too.
    private static (Node Output, List<Node> States) Results(VocabularyCall call, object? value, List<Node> states, Origin place, int axis)
    {
        (object? result, object? next) = value is TupleValue { Items.Count: 2 } pair ? (pair.Items[0], pair.Items[1]) : (value, value);
        List<Node> ends = [];
        if (result is not TensorValue { Node: var output } || !Structure.Flatten(next, ends) || ends.Count != states.Count)
        {
            throw new VocabularyError(
                DiagnosticIds.Unsupported, place, "what the step of a Scan returns can't be compiled; return the output and the next state, built as the first one is")
            {
                Tensors = [],
            };
        }

        if (ends.Append(output).Any(node => !call.Graph.Reaches(node)))
            throw new VocabularyError(DiagnosticIds.Unsupported, place, "the step of a Scan returns a tensor of another one's step") { Tensors = [] };
        for (int index = 0; index < ends.Count; index++)
        {
            (TensorType before, TensorType after) = (states[index].Type, ends[index].Type);
            if (before == after) continue;
            string which = ends.Count == 1 ? "the state" : $"state {Checks.Text(index + 1)} of {Checks.Text(ends.Count)}";
            throw new VocabularyError(
                DiagnosticIds.ReturnShape,
                place,
                before.Shape == after.Shape
                    ? $"{which} of a Scan begins with {before.Element} elements, and its step returns {after.Element} ones; return the same kind"
                    : $"{which} of a Scan begins as {Checks.Name(before.Shape)}, and its step returns {Checks.Name(after.Shape)}; "
                        + $"a state keeps its shape: begin with {Checks.Name(after.Shape)}, or return {Checks.Name(before.Shape)}",
                call.Arguments.OriginOf("first"))
            {
                Tensors = [ends[index]],
            };
        }

        if (output.Shape.Rank >= axis) return (output, ends);
        throw new VocabularyError(
            DiagnosticIds.WrongRank,
            place,
            $"the output of a step is {Checks.Name(output.Shape)}, and those of all steps are to be stacked along dimension {Checks.Text(axis)}; keep the batch in it")
        {
            Tensors = [output],
        };
    }

    // The sequences, and the axis that they are walked along.
    private static IReadOnlyList<Node> Sequences(VocabularyCall call, out int axis)
    {
        ArgumentValue argument = call.Arguments.All[0];
        List<Node> sequences = [];
        if (!Structure.Flatten(argument.Value, sequences) || sequences.Count == 0)
            throw call.ErrorAt(DiagnosticIds.Unsupported, argument.Name, "the sequences of a Scan can't be compiled; they are tensors");
        axis = Checks.Axis(call.Arguments, "axis", sequences[0].Shape, 1);
        foreach (Node sequence in sequences)
        {
            if (sequence.Shape.Rank <= axis)
            {
                throw call.ErrorAt(
                    DiagnosticIds.WrongRank,
                    argument.Name,
                    $"a Scan along dimension {Checks.Text(axis)} has a sequence {Checks.Name(sequence.Shape)} without it; Reshape it before");
            }

            if (sequence.Shape[axis] == sequences[0].Shape[axis]) continue;
            throw call.ErrorAt(
                DiagnosticIds.Broadcast,
                argument.Name,
                $"can't walk along {sequences[0].Shape} and {sequence.Shape} together: dimension {Checks.Text(axis)} is {sequences[0].Shape[axis]} and "
                    + $"{sequence.Shape[axis]}; take the same part of both");
        }

        Dimension length = sequences[0].Shape[axis];
        if (length.IsConstant || length.Symbols().All(call.Function.Bounds.ContainsKey)) return sequences;
        throw call.ErrorAt(
            DiagnosticIds.WrongRank,
            argument.Name,
            $"a Scan walks along dimension {Checks.Text(axis)} of {sequences[0].Shape}, which is the batch, whose samples have no order; "
                + "use a dimension of constant size, or one with a bound");
    }

    // Each n-th step begins with states that no gradient flows through.
    private static Node[] Truncated(GraphBuilder around, LoopBody body, List<Node> walked, Node[] entries, int every, bool reverse)
    {
        Dimension length = walked[0].Shape[0];
        Node number = around.Add(new Iota(new Shape(length), 0, ElementType.Float32));
        ScalarExpression t = reverse ? ScalarExpression.Of(length) - 1 - Building.X : Building.X;

        // Numbers of steps are exact, and half a step away from what floor would round otherwise.
        ScalarExpression rest = t - (every * Building.Call(UnaryFunction.Floor, (t + 0.5) * (1.0 / every)));
        var isMultiple = new ScalarExpression.Compare(Comparison.Less, rest, 0.5);
        var isLater = new ScalarExpression.Compare(Comparison.Greater, t, 0.5);
        walked.Add(around.Map(Building.Call(BinaryFunction.And, isMultiple, isLater), ElementType.Bool, number));
        Node cut = body.AddParameter("cut", Element(walked[walked.Count - 1]));
        var choice = new ScalarExpression.Select(new ScalarExpression.Input(2), Building.X, Building.Y);
        return
        [
            .. entries.Select(entry => entry.Type.Element.IsFloat()
                ? body.Graph.Map(choice, body.Graph.Add(new StopGradient(), entry), entry, body.Graph.BroadcastAlong(cut, entry.Shape, []))
                : entry),
        ];
    }

    private static TensorType Element(Node sequence) => sequence.Type with { Shape = new Shape(sequence.Shape.Dimensions.RemoveAt(0)) };

    // The walked axis first.
    private static Node Forward(GraphBuilder graph, Node sequence, int axis) =>
        graph.Permute(sequence, Enumerable.Range(0, sequence.Shape.Rank).Where(other => other != axis).Prepend(axis).ToEquatableArray());

    // The first axis where the walked one was.
    private static Node Backward(GraphBuilder graph, Node stacked, int axis) =>
        graph.Permute(stacked, Enumerable.Range(1, axis).Append(0).Concat(Enumerable.Range(axis + 1, stacked.Shape.Rank - axis - 1)).ToEquatableArray());
}
