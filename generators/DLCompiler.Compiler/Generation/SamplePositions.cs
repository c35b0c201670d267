using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Generation;

/// <summary>
/// Positions of steps, which each sequence counts by itself: what a prediction computes of them once for all samples, [T, …], has an axis of samples before the
/// others, [N, T, …].
/// </summary>
/// <param name="graph">Takes the nodes.</param>
/// <param name="starts">The position of each sequence's first step, [N].</param>
internal sealed class SamplePositions(GraphBuilder graph, Node starts)
{
    private readonly HashSet<Node> lifted = [];

    /// <summary>Whether a value of the prediction has got that axis.</summary>
    public bool Contains(Node node) => lifted.Contains(node);

    /// <summary>The numbers of steps, from each sequence's first on.</summary>
    /// <param name="node">The prediction's node.</param>
    /// <param name="iota">Its operator.</param>
    public Node Count(Node node, Iota iota)
    {
        bool hasSamples = iota.Result[0] == starts.Shape[0];
        Node numbers = graph.Add(iota);
        Shape shape = hasSamples ? iota.Result : Lifted(iota.Result);
        if (!hasSamples) lifted.Add(node);
        return graph.Map(new ScalarExpression.Input(0) + new ScalarExpression.Input(1), iota.Element, hasSamples ? numbers : Repeated(numbers),
            graph.BroadcastAlong(starts, shape, [0]));
    }

    /// <summary>An operator applied to positions, or to what was computed of them; null if it can't be.</summary>
    /// <param name="node">The prediction's node.</param>
    /// <param name="inputs">Its inputs here.</param>
    public Node? Apply(Node node, IReadOnlyList<Node> inputs)
    {
        // Where they are repeated for all samples, each gets its own.
        if (node.Operator is Broadcast repeated && node.Shape[0] == starts.Shape[0] && !repeated.Axes.Contains(0))
            return graph.BroadcastAlong(inputs[0], node.Shape, [0, .. repeated.Axes]);
        Node? result = node.Operator switch
        {
            Gather when !lifted.Contains(node.Inputs[0]) => graph.Add(node.Operator, inputs),
            Map map => graph.Map(map.Expression, map.Element, Lift(node, inputs)),
            Broadcast broadcast => graph.BroadcastAlong(inputs[0], Lifted(broadcast.Result), [0, .. broadcast.Axes.Select(axis => axis + 1)]),
            Reshape reshape => graph.Reshape(inputs[0], Lifted(reshape.Result)),
            Permute permute => graph.Permute(inputs[0], [0, .. permute.Axes.Select(axis => axis + 1)]),
            Slice slice => graph.Add(slice with { Axis = slice.Axis + 1 }, inputs),
            Concat concat => graph.Concat(concat.Axis + 1, Lift(node, inputs)),
            StopGradient or Recompute => graph.Add(node.Operator, inputs),
            _ => null,
        };
        if (result is not null) lifted.Add(node);
        return result;
    }

    private IReadOnlyList<Node> Lift(Node node, IReadOnlyList<Node> inputs) =>
        [.. inputs.Select((input, index) => lifted.Contains(node.Inputs[index]) ? input : Repeated(input))];

    private Node Repeated(Node node) => graph.BroadcastAlong(node, Lifted(node.Shape), Enumerable.Range(1, node.Shape.Rank).ToEquatableArray());

    private Shape Lifted(Shape shape) => new(shape.Prepend(starts.Shape[0]));
}
