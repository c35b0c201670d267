using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Simplify;

/// <summary>Rules for reductions.</summary>
internal static class ReductionRewrites
{
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        Rewrite.Of<Reduce>("a reduction over axes of size 1", (graph, node, reduce) =>
            reduce.Axes.All(axis => node.Inputs[0].Shape[axis] == Dimension.One) ? graph.Reshape(node.Inputs[0], node.Shape) : null),

        Rewrite.Of<Reduce>("a reduction of a reduction of the same kind", (graph, node, reduce) =>
        {
            if (node.Inputs[0].Operator is not Reduce inner || inner.Kind != reduce.Kind) return null;
            Node source = node.Inputs[0].Inputs[0];
            EquatableArray<int> kept = Operands.Except(source.Shape.Rank, inner.Axes);
            IEnumerable<int> axes = inner.Axes.Concat(reduce.Axes.Select(axis => kept[axis])).OrderBy(axis => axis);
            return graph.Add(reduce with { Axes = axes.ToEquatableArray() }, source);
        }),

        Rewrite.Of<Reduce>("a reduction over axes along which a tensor was repeated", (graph, node, reduce) =>
        {
            if (node.Inputs[0].Operator is not Broadcast broadcast || reduce.Axes.Any(broadcast.Axes.Contains) || !node.Type.Element.IsFloat()) return null;
            List<int> kept = [.. Operands.Except(broadcast.Result.Rank, reduce.Axes)];
            EquatableArray<int> places = broadcast.Axes.Select(axis => kept.IndexOf(axis)).ToEquatableArray();
            Node source = node.Inputs[0].Inputs[0];
            if (reduce.Kind == ReduceKind.Sum)
            {
                Dimension count = reduce.Axes.Aggregate(Dimension.One, (product, axis) => product * broadcast.Result[axis]);
                source = graph.Map(new ScalarExpression.Input(0) * ScalarExpression.Of(count), source);
            }

            return graph.BroadcastAlong(source, node.Shape, places);
        }),
    ];
}
