using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Generation;

/// <summary>
/// What a prediction computes of its other inputs, without the ids that grow: an encoder, and the keys and values that a decoder's layers make of its
/// result. It is
/// computed once for a generation; what steps need of it is kept in memories.
/// </summary>
internal sealed class SourcePart
{
    private readonly FunctionGraph prediction;
    private readonly Node ids;
    private readonly HashSet<Node> along = [], own = [];

    /// <summary>Finds it.</summary>
    /// <param name="prediction">The prediction over whole sequences.</param>
    /// <param name="ids">Its input of ids that grow, [N, T].</param>
    public SourcePart(FunctionGraph prediction, Node ids)
    {
        (this.prediction, this.ids) = (prediction, ids);
        foreach (Node node in prediction.Graph.Nodes)
        {
            if (node == ids || node.Inputs.Any(along.Contains) || node.Shape.Any(Mentions)) along.Add(node);
            else if (node.Operator is Input || node.Inputs.Any(own.Contains)) own.Add(node);
        }
    }

    /// <summary>Whether a value changes with the steps.</summary>
    public bool IsAlong(Node node) => along.Contains(node);

    /// <summary>Whether a value is computed of the other inputs.</summary>
    public bool Contains(Node node) => own.Contains(node);

    /// <summary>Whether a value has a part of each sample, so that it can be kept with the sequence that the sample is continued by.</summary>
    public bool IsOfSamples(Node node) =>
        node.Shape.Rank > 0 && node.Shape[0] == ids.Shape[0] && !node.Shape.Skip(1)
            .Any(size => size.Symbols().Any(symbol => Dimension.Symbol(symbol) == node.Shape[0]));

    /// <summary>The function that computes what steps need, and writes it to memories.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="memories">All memories of the generation.</param>
    /// <param name="kept">The prediction's values that the first ones of them get.</param>
    public FunctionGraph Function(string name, IReadOnlyList<Node> memories, IReadOnlyList<Node> kept)
    {
        var graph = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        List<Node> inputs = [.. prediction.Inputs.Where(input => input != ids)];
        foreach (Node node in inputs.Concat(FusionPlan.Reachable(kept)).Distinct().OrderBy(node => node.Id))
        {
            graph.Label = node.Label;
            copies[node] = graph.Add(node.Operator, [.. node.Inputs.Select(input => copies[input])]);
        }

        graph.Label = null;
        Node[] own = [.. memories.Select(memory => graph.Add(memory.Operator))];
        return new FunctionGraph(name, FunctionKind.Predict, graph, [.. inputs.Select(input => copies[input])], [], [], [], null)
        {
            Sizes = [.. prediction.Sizes.Where(size => Dimension.Symbol(size.Name) != ids.Shape[1])],
            Memories = own,
            MemoryWrites = [.. kept.Select((value, index) => (own[index], copies[value]))],
        };
    }

    private bool Mentions(Dimension size) => size.Symbols().Any(symbol => Dimension.Symbol(symbol) == ids.Shape[1]);
}
