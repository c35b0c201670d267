using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Recurrent;

/// <summary>One direction of one recurrent layer over a batch of sequences, which stand time first.</summary>
/// <param name="Graph">Takes the new nodes.</param>
/// <param name="Kind">What a step computes.</param>
/// <param name="Reverse">Whether it goes from the last element to the first.</param>
/// <param name="Lengths">The lengths of the samples' sequences [N]; null where all are whole.</param>
/// <param name="Mask">What the recurrent product's operand [N, H] is multiplied by in every step; null for nothing.</param>
internal sealed record RecurrentPass(GraphBuilder Graph, CellKind Kind, bool Reverse, Node? Lengths, Node? Mask)
{
    /// <summary>All outputs [T, N, H] and the last states [N, H].</summary>
    /// <param name="inputs">The input's share of the gates [T, N, gates·H].</param>
    /// <param name="states">The first states [N, H].</param>
    /// <param name="weight">The recurrent weight [gates·H, H].</param>
    /// <param name="bias">The recurrent bias [gates·H]; null for none, and where the inputs have it already.</param>
    public (Node Outputs, IReadOnlyList<Node> States) Run(Node inputs, IReadOnlyList<Node> states, Node weight, Node? bias)
    {
        IReadOnlyList<Node> shared = Kind.Shared(Graph, weight, bias);
        List<Node> sequences = [inputs], constants = [.. shared];
        if (Lengths is not null)
        {
            sequences.Add(Graph.Add(new Iota(new Shape(inputs.Shape[0]), 0, ElementType.Int32)));
            constants.Add(Lengths);
        }

        if (Mask is not null) constants.Add(Mask);

        var body = new GraphBuilder { Label = Graph.Label };
        Node Parameter(string name, TensorType type) => body.Add(new Input(name, type));
        Node[] before = [.. states.Select((state, index) => Parameter(Kind.States[index], state.Type))];
        Node[] elements =
        [
            .. sequences.Select((sequence, index) =>
                Parameter($"step {index}", sequence.Type with { Shape = new Shape(sequence.Shape.Dimensions.RemoveAt(0)) })),
        ];
        Node[] values = [.. constants.Select((constant, index) => Parameter($"shared {index}", constant.Type))];
        Node recurrent = Mask is null ? before[0] : body.Multiply(before[0], values[values.Length - 1]);
        IReadOnlyList<Node> after = Kind.Step(body, elements[0], before, recurrent, [.. values.Take(shared.Count)]);
        Node output = after[0];
        if (Lengths is not null)
        {
            // Past its end, a sample keeps its states and puts out zeros; in the reverse direction that is before its end, so that it begins there.
            Node length = values[shared.Count];
            after = [.. after.Select((state, index) => Inside(body, state, before[index], elements[1], length))];
            output = Inside(body, output, body.Constant(0, output.Type), elements[1], length);
        }

        var step = new SubGraph([.. before, .. elements, .. values], [.. after, output]);
        Node Result(int number) => Graph.Add(new Scan(step, states.Count, sequences.Count, Reverse, number), [.. states, .. sequences, .. constants]);
        return (Result(states.Count), [.. states.Select((_, index) => Result(index))]);
    }

    // One of two values, by whether the step is one of the sample's.
    private static Node Inside(GraphBuilder graph, Node inside, Node past, Node step, Node lengths)
    {
        var isInside = new ScalarExpression.Compare(Comparison.Less, new ScalarExpression.Input(2), new ScalarExpression.Input(3));
        return graph.Map(
            new ScalarExpression.Select(isInside, new ScalarExpression.Input(0), new ScalarExpression.Input(1)),
            inside, past, graph.BroadcastAlong(step, inside.Shape, []), graph.BroadcastAlong(lengths, inside.Shape, [0]));
    }
}
