using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Generation;

/// <summary>
/// Scores of the last step alone: what nothing remembers is computed for that step only, so that a prompt takes one row of the product with the vocabulary,
/// and one
/// query of the last layer.
/// </summary>
internal sealed class LastStep
{
    private readonly GraphBuilder graph;
    private readonly Dimension steps;
    private readonly HashSet<Node> whole;
    private readonly Dictionary<Node, Node?> found = [];

    /// <summary>Prepares to take last steps.</summary>
    /// <param name="graph">The graph of the steps that come next, and what takes new nodes.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="remembered">What is computed for all steps in any case.</param>
    public LastStep(GraphBuilder graph, Dimension steps, IEnumerable<Node> remembered)
    {
        (this.graph, this.steps) = (graph, steps);
        whole = [.. FusionPlan.Reachable([.. remembered])];
    }

    /// <summary>A value with one step in place of all; null where the steps are not an axis of their own.</summary>
    public Node? Of(Node node)
    {
        if (!node.Shape.Any(IsAlong)) return node;
        if (found.TryGetValue(node, out Node? known)) return known;
        graph.Label = node.Label;
        return found[node] = (whole.Contains(node) ? null : Again(node)) ?? Taken(node);
    }

    // The operator applied to the last step of what it is applied to; null for one that looks along the steps.
    private Node? Again(Node node)
    {
        if (node.Operator is Attention attention) return Attend(node, attention.Form);
        if (node.Operator is not (Map or Broadcast or Reshape or Permute or Slice or Concat or Softmax or Reduce or Gather or Contract or StopGradient or Recompute))
            return null;
        Node?[] inputs = [.. node.Inputs.Select(Of)];
        if (inputs.Any(input => input is null)) return null;
        Operator one = node.Operator switch
        {
            Broadcast broadcast => broadcast with { Result = One(broadcast.Result) },
            Reshape reshape => new Reshape(One(reshape.Result)),
            _ => node.Operator,
        };
        graph.Label = node.Label;
        return graph.Add(one, [.. inputs.Select(input => input!)]);
    }

    // The last query of those that see keys of all steps, or the source's.
    private Node? Attend(Node node, AttentionForm form)
    {
        if (form.IsPacked || !(form.IsContinued || !node.Inputs[1].Shape.Any(IsAlong))) return null;
        List<Node?> inputs = [.. node.Inputs];
        inputs[0] = Of(node.Inputs[0]);
        if (form.IsContinued)
        {
            inputs[form.LengthsIndex] = graph.Map(new ScalarExpression.Input(0) + ScalarExpression.Of(steps - 1), ElementType.Int32,
                node.Inputs[form.LengthsIndex]);
        }
        else if (form.HasBias)
        {
            inputs[form.BiasIndex] = Of(node.Inputs[form.BiasIndex]);
        }

        graph.Label = node.Label;
        return inputs.Any(input => input is null) ? null : graph.Add(node.Operator, [.. inputs.Select(input => input!)]);
    }

    private Node? Taken(Node node)
    {
        List<int> axes = [.. Enumerable.Range(0, node.Shape.Rank).Where(axis => IsAlong(node.Shape[axis]))];
        return axes.Count != 1 || node.Shape[axes[0]] != steps ? null : graph.Slice(graph.Flip(node, axes[0]), axes[0], 0, 1);
    }

    private bool IsAlong(Dimension size) => size.Symbols().Any(symbol => Dimension.Symbol(symbol) == steps);

    private Shape One(Shape shape) => new(shape.Select(size =>
        size.Replace(symbol => Dimension.Symbol(symbol) == steps ? Dimension.One : Dimension.Symbol(symbol))));
}
