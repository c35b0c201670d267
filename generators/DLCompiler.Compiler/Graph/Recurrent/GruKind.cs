using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Recurrent;

/// <summary>
/// h = (1 − z)·n + z·h with the gates r, z = σ(…) and n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn)), PyTorch's and cuDNN's variant; or, resetting before the
/// product, n = tanh(W_in·x + b_in + W_hn·(r·h) + b_hn) (Cho et al. 2014).
/// </summary>
/// <param name="ResetAfter">Whether the reset gate acts after the product.</param>
internal sealed record GruKind(bool ResetAfter) : CellKind(3, ["hidden"], JoinsBiases: false)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Shared(GraphBuilder graph, Node weight, Node? bias)
    {
        if (ResetAfter) return base.Shared(graph, weight, bias);
        int units = (int)weight.Shape[1].Value;
        IReadOnlyList<Node> weights = [graph.Slice(weight, 0, 0, 2 * units), graph.Slice(weight, 0, 2 * units, units)];
        return bias is null ? weights : [.. weights, graph.Slice(bias, 0, 0, 2 * units), graph.Slice(bias, 0, 2 * units, units)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node> Step(GraphBuilder graph, Node input, IReadOnlyList<Node> states, Node recurrent, IReadOnlyList<Node> shared)
    {
        Node h = states[0];
        Node In(int gate) => Gate(graph, input, gate, h);
        Node candidate, update;
        if (ResetAfter)
        {
            Node products = Product(graph, recurrent, shared[0], shared.Count > 1 ? shared[1] : null);
            Node reset = graph.Sigmoid(graph.Add(In(0), Gate(graph, products, 0, h)));
            update = graph.Sigmoid(graph.Add(In(1), Gate(graph, products, 1, h)));
            candidate = graph.Tanh(graph.Add(In(2), graph.Multiply(reset, Gate(graph, products, 2, h))));
        }
        else
        {
            bool hasBias = shared.Count > 2;
            Node products = Product(graph, recurrent, shared[0], hasBias ? shared[2] : null);
            Node reset = graph.Sigmoid(graph.Add(In(0), Gate(graph, products, 0, h)));
            update = graph.Sigmoid(graph.Add(In(1), Gate(graph, products, 1, h)));
            candidate = graph.Tanh(graph.Add(In(2), Product(graph, graph.Multiply(reset, recurrent), shared[1], hasBias ? shared[3] : null)));
        }

        return [graph.Add(candidate, graph.Multiply(update, graph.Subtract(h, candidate)))];
    }
}
