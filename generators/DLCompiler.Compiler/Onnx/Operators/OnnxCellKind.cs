using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Recurrent;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>One step of ONNX's recurrent operators: their order of gates, their activations, and what is particular to them.</summary>
/// <param name="Gates">The number of gates.</param>
/// <param name="States">What is carried.</param>
/// <param name="Activations">The functions f, g, h.</param>
/// <param name="Clip">What inputs of activations are clipped to, on both sides; 0 for nothing.</param>
internal abstract record OnnxCellKind(int Gates, EquatableArray<string> States, EquatableArray<ScalarExpression> Activations, double Clip)
    : CellKind(Gates, States, JoinsBiases: false)
{
    /// <summary>An activation.</summary>
    protected Node Activate(GraphBuilder graph, int number, Node x)
    {
        ScalarExpression input = new ScalarExpression.Input(0);
        if (Clip > 0)
            input = new ScalarExpression.Binary(BinaryFunction.Max, -Clip, new ScalarExpression.Binary(BinaryFunction.Min, Clip, input));
        return graph.Map(Activations[number].Substitute(_ => input), x);
    }

    /// <summary>h = f(W·x + R·h + b).</summary>
    public sealed record Rnn(EquatableArray<ScalarExpression> Activations, double Clip) : OnnxCellKind(1, ["hidden"], Activations, Clip)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Node> Step(GraphBuilder graph, Node input, IReadOnlyList<Node> states, Node recurrent, IReadOnlyList<Node> shared) =>
            [Activate(graph, 0, graph.Add(input, Product(graph, recurrent, shared[0], shared.Count > 1 ? shared[1] : null)))];
    }

    /// <summary>Gates i, o, f, c, with peepholes to the cell state (Gers and Schmidhuber 2000).</summary>
    /// <param name="Activations">The functions f, g, h.</param>
    /// <param name="Clip">What inputs of activations are clipped to.</param>
    /// <param name="Peepholes">The weights of the peepholes [3·H], for i, o and f; null for none.</param>
    /// <param name="JoinsInputAndForget">Whether f is 1 − i.</param>
    public sealed record Lstm(EquatableArray<ScalarExpression> Activations, double Clip, Node? Peepholes, bool JoinsInputAndForget)
        : OnnxCellKind(4, ["hidden", "cell"], Activations, Clip)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Node> Shared(GraphBuilder graph, Node weight, Node? bias) =>
            [weight, .. bias is null ? Array.Empty<Node>() : [bias], .. Peepholes is null ? Array.Empty<Node>() : [Peepholes]];

        /// <inheritdoc/>
        public override IReadOnlyList<Node> Step(GraphBuilder graph, Node input, IReadOnlyList<Node> states, Node recurrent, IReadOnlyList<Node> shared)
        {
            bool hasBias = shared.Count > (Peepholes is null ? 1 : 2);
            Node gates = graph.Add(input, Product(graph, recurrent, shared[0], hasBias ? shared[1] : null)), before = states[1];
            Node In(int number, int peephole, Node cell)
            {
                Node gate = Gate(graph, gates, number, before);
                if (Peepholes is null) return gate;
                int units = (int)before.Shape[1].Value;
                Node weights = graph.Slice(shared[shared.Count - 1], 0, peephole * units, units);
                return graph.Add(gate, graph.Multiply(graph.BroadcastAlong(weights, cell.Shape, [1]), cell));
            }

            Node write = Activate(graph, 0, In(0, 0, before));
            Node forget = JoinsInputAndForget ? graph.Map(1 - (ScalarExpression)new ScalarExpression.Input(0), write) : Activate(graph, 0, In(2, 2, before));
            Node cell = graph.Add(graph.Multiply(forget, before), graph.Multiply(write, Activate(graph, 1, Gate(graph, gates, 3, before))));
            return [graph.Multiply(Activate(graph, 0, In(1, 1, cell)), graph.Map(Activations[2], cell)), cell];
        }
    }

    /// <summary>Gates z, r, h.</summary>
    /// <param name="Activations">The functions f, g.</param>
    /// <param name="Clip">What inputs of activations are clipped to.</param>
    /// <param name="ResetAfter">Whether the reset gate acts after the product of the state.</param>
    public sealed record Gru(EquatableArray<ScalarExpression> Activations, double Clip, bool ResetAfter) : OnnxCellKind(3, ["hidden"], Activations, Clip)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Node> Step(GraphBuilder graph, Node input, IReadOnlyList<Node> states, Node recurrent, IReadOnlyList<Node> shared)
        {
            Node h = states[0], weight = shared[0];
            Node? bias = shared.Count > 1 ? shared[1] : null;
            Node products = Product(graph, recurrent, weight, bias);
            Node update = Activate(graph, 0, graph.Add(Gate(graph, input, 0, h), Gate(graph, products, 0, h)));
            Node reset = Activate(graph, 0, graph.Add(Gate(graph, input, 1, h), Gate(graph, products, 1, h)));
            int units = (int)h.Shape[1].Value;
            Node kept = ResetAfter
                ? graph.Multiply(reset, Gate(graph, products, 2, h))
                : Product(
                    graph, graph.Multiply(reset, recurrent), graph.Slice(weight, 0, 2 * units, units),
                    bias is null ? null : graph.Slice(bias, 0, 2 * units, units));
            Node candidate = Activate(graph, 1, graph.Add(Gate(graph, input, 2, h), kept));
            return [graph.Add(candidate, graph.Multiply(update, graph.Subtract(h, candidate)))];
        }
    }
}
