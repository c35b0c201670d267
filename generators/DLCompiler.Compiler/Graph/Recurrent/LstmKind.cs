using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Recurrent;

/// <summary>
/// c = σ(f)·c + σ(i)·tanh(g), h = σ(o)·tanh(c) with the gates i, f, g, o = W_ih·x + b_ih + W_hh·h + b_hh (Hochreiter and Schmidhuber 1997, Gers et al. 2000,
/// in PyTorch's order).
/// </summary>
internal sealed record LstmKind() : CellKind(4, ["hidden", "cell"], JoinsBiases: true)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Step(GraphBuilder graph, Node input, IReadOnlyList<Node> states, Node recurrent, IReadOnlyList<Node> shared)
    {
        Node gates = graph.Add(input, Product(graph, recurrent, shared[0], null));
        Node before = states[1];
        Node cell = graph.Add(
            graph.Multiply(graph.Sigmoid(Gate(graph, gates, 1, before)), before),
            graph.Multiply(graph.Sigmoid(Gate(graph, gates, 0, before)), graph.Tanh(Gate(graph, gates, 2, before))));
        return [graph.Multiply(graph.Sigmoid(Gate(graph, gates, 3, before)), graph.Tanh(cell)), cell];
    }
}
