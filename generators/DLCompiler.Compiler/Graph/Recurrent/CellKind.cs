using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Recurrent;

/// <summary>What one step of a recurrent layer computes. The products of the input are not part of it: they are taken for all steps at once.</summary>
/// <param name="Gates">How many times as many rows as there are units the weights have.</param>
/// <param name="States">The names of what is carried from step to step, as the layer's parameters are called; the first is the output.</param>
/// <param name="JoinsBiases">Whether both biases are added to the input's product; else the recurrent one is given to each step.</param>
internal abstract record CellKind(int Gates, EquatableArray<string> States, bool JoinsBiases)
{
    /// <summary>What steps read of the recurrent weight [gates·H, H] and, unless biases are joined, of its bias: computed once.</summary>
    public virtual IReadOnlyList<Node> Shared(GraphBuilder graph, Node weight, Node? bias) => bias is null || JoinsBiases ? [weight] : [weight, bias];

    /// <summary>The next states.</summary>
    /// <param name="graph">Takes the new nodes.</param>
    /// <param name="input">The input's share of the gates [N, gates·H].</param>
    /// <param name="states">The states [N, H] before.</param>
    /// <param name="recurrent">The first of them as the recurrent product takes it: with dropout.</param>
    /// <param name="shared">What <see cref="Shared"/> gave.</param>
    public abstract IReadOnlyList<Node> Step(GraphBuilder graph, Node input, IReadOnlyList<Node> states, Node recurrent, IReadOnlyList<Node> shared);

    /// <summary>One of the parts of a step's gates: rows of H units each.</summary>
    protected static Node Gate(GraphBuilder graph, Node gates, int number, Node state) =>
        graph.Slice(gates, 1, number * (int)state.Shape[1].Value, (int)state.Shape[1].Value);

    /// <summary>x·Wᵀ, with a bias where there is one.</summary>
    protected static Node Product(GraphBuilder graph, Node x, Node weight, Node? bias)
    {
        Node product = graph.Dense(x, weight, null);
        return bias is null ? product : graph.Add(product, graph.BroadcastAlong(bias, product.Shape, [1]));
    }
}
