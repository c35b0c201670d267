using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Recurrent;

/// <summary>h = f(W_ih·x + b_ih + W_hh·h + b_hh) with f tanh or relu (Elman 1990, as PyTorch's <c>RNN</c>).</summary>
/// <param name="Relu">Whether f is relu.</param>
internal sealed record SimpleRnnKind(bool Relu) : CellKind(1, ["hidden"], JoinsBiases: true)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Step(GraphBuilder graph, Node input, IReadOnlyList<Node> states, Node recurrent, IReadOnlyList<Node> shared)
    {
        Node sum = graph.Add(input, Product(graph, recurrent, shared[0], null));
        return [Relu ? graph.Relu(sum) : graph.Tanh(sum)];
    }
}
