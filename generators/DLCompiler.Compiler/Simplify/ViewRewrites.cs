using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Simplify;

/// <summary>Views that change nothing vanish; two views in a row become one.</summary>
internal static class ViewRewrites
{
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        Rewrite.Of<Reshape>("a reshape to the same shape, or of a reshape", (graph, node, reshape) => graph.Reshape(node.Inputs[0], reshape.Result)),

        Rewrite.Of<Reshape>("parts of an axis that are then split: the axis is split first, and whole parts are taken", (graph, node, _) =>
        {
            Node part = node.Inputs[0];
            int last = part.Shape.Rank - 1;
            if (part.Operator is not Slice { Step: 1 } slice || slice.Axis != last || node.Shape.Rank != part.Shape.Rank + 1
                || !node.Shape.Take(last).SequenceEqual(part.Shape.Take(last)) || !part.Inputs[0].Shape[last].IsConstant) return null;
            long size = part.Inputs[0].Shape[last].Value, inner = node.Shape[last + 1].Value;
            if (size % inner != 0 || slice.Start % inner != 0) return null;
            Node split = graph.Reshape(part.Inputs[0], new Shape(part.Shape.Take(last).Append(size / inner).Append(inner)));
            return graph.Slice(split, last, slice.Start / (int)inner, slice.Length / (int)inner);
        }),

        Rewrite.Of<Permute>("axes in their order", (graph, node, permute) => graph.Permute(node.Inputs[0], permute.Axes)),

        Rewrite.Of<Permute>("a permutation of a permutation", (graph, node, permute) =>
            node.Inputs[0].Operator is Permute inner
                ? graph.Permute(node.Inputs[0].Inputs[0], permute.Axes.Select(axis => inner.Axes[axis]).ToEquatableArray())
                : null),

        Rewrite.Of<Permute>("a permutation that moves axes of size 1 only", (graph, node, permute) =>
        {
            Shape shape = node.Inputs[0].Shape;
            IEnumerable<int> moved = permute.Axes.Where(axis => shape[axis] != Dimension.One);
            return moved.SequenceEqual(moved.OrderBy(axis => axis)) ? graph.Reshape(node.Inputs[0], node.Shape) : null;
        }),

        Rewrite.Of<Slice>("a slice of everything", (graph, node, slice) => graph.Slice(node.Inputs[0], slice.Axis, slice.Start, slice.Length, slice.Step)),

        Rewrite.Of<Slice>("a slice of a slice", (graph, node, slice) =>
            node.Inputs[0].Operator is Slice inner && inner.Axis == slice.Axis
                ? graph.Slice(node.Inputs[0].Inputs[0], slice.Axis, inner.Start + (slice.Start * inner.Step), slice.Length, slice.Step * inner.Step)
                : null),

        Rewrite.Of<Slice>("a slice that takes nothing of the padding", (graph, node, slice) =>
        {
            if (node.Inputs[0].Operator is not Pad pad || pad.Axis != slice.Axis) return null;
            Node source = node.Inputs[0].Inputs[0];
            int start = slice.Start - pad.Before;
            return start >= 0 && start + ((slice.Length - 1) * slice.Step) < source.Shape[pad.Axis].Value
                ? graph.Slice(source, slice.Axis, start, slice.Length, slice.Step)
                : null;
        }),

        Rewrite.Of<Pad>("padding by nothing", (graph, node, pad) => graph.Pad(node.Inputs[0], pad.Axis, pad.Before, pad.After)),

        Rewrite.Of<Pad>("padding twice", (graph, node, pad) =>
            node.Inputs[0].Operator is Pad inner && inner.Axis == pad.Axis
                ? graph.Pad(node.Inputs[0].Inputs[0], pad.Axis, inner.Before + pad.Before, inner.After + pad.After)
                : null),

        Rewrite.Of<Map>("a sum of padded tensors that stand side by side", (graph, node, _) => SideBySide(graph, node)),

        Rewrite.Of<Concat>("a row in a row", (graph, node, concat) => node.Inputs.Any(input => concat.Equals(input.Operator))
            ? graph.Concat(concat.Axis, [.. node.Inputs.SelectMany(input => concat.Equals(input.Operator) ? input.Inputs : [input])]) : null),

        Rewrite.Of<Concat>("one tensor in a row", (_, node, _) => node.Inputs.Count == 1 ? node.Inputs[0] : null),

        Rewrite.Of<Flip>("flipping back", (_, node, flip) => flip.Equals(node.Inputs[0].Operator) ? node.Inputs[0].Inputs[0] : null),

        Rewrite.Of<Flip>("flipping one element", (_, node, flip) => node.Shape[flip.Axis] == Dimension.One ? node.Inputs[0] : null),
    ];

    // The gradient of a tensor that is used in slices. Its terms come in any order: they are joined when all between two of them are there.
    private static Node? SideBySide(GraphBuilder graph, Node sum)
    {
        var terms = new List<Node>();
        Collect(sum);
        if (terms.Count < 2 || terms[0].Operator is not Pad { Axis: var axis }
            || terms.Any(term => term.Operator is not Pad pad || pad.Axis != axis)) return null;
        terms.Sort((left, right) => ((Pad)left.Operator).Before.CompareTo(((Pad)right.Operator).Before));
        for (int index = 1; index < terms.Count; index++)
            if (End(terms[index - 1]) != ((Pad)terms[index].Operator).Before) return null;
        Node joined = graph.Concat(axis, [.. terms.Select(term => term.Inputs[0])]);
        return graph.Pad(joined, axis, ((Pad)terms[0].Operator).Before, ((Pad)terms[terms.Count - 1].Operator).After);

        void Collect(Node node)
        {
            if (node.Operator is not Map { IsSum: true }) terms.Add(node);
            else foreach (Node input in node.Inputs) Collect(input);
        }

        static long End(Node term) => ((Pad)term.Operator).Before + term.Inputs[0].Shape[((Pad)term.Operator).Axis].Value;
    }
}
