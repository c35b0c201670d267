using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Simplify;

/// <summary>Rules for gradients of pools: what can be done before a gradient is spread over the windows is done on fewer elements.</summary>
internal static class PoolRewrites
{
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        // A window's winner has the window's value, and the other pixels get nothing, before and after.
        Rewrite.Of<Map>("a selection by a pool's input, of the pool's gradient", (graph, node, map) =>
        {
            if (map.Expression is not ScalarExpression.Select { IfTrue: ScalarExpression.Input gradient, IfFalse: ScalarExpression.Constant { Value: 0 } } select
                || select.Condition is not ScalarExpression.Compare { Left: ScalarExpression.Input value, Right: ScalarExpression.Constant }
                || node.Inputs.Count != 2 || gradient.Index == value.Index) return null;
            (Node spread, Node source) = (node.Inputs[gradient.Index], node.Inputs[value.Index]);
            if (spread.Operator is not MaxPoolGradient pool || spread.Inputs[0].Operator is not MaxPoolIndex index || spread.Inputs[0].Inputs[0] != source
                || index.Geometry != pool.Geometry || Overlap(pool.Geometry)) return null;
            Node pooled = graph.Add(new MaxPool(pool.Geometry), source);
            Node selected = graph.Map(map.Expression, value.Index == 0 ? [pooled, spread.Inputs[1]] : [spread.Inputs[1], pooled]);
            return graph.Add(pool, spread.Inputs[0], selected);
        }),

        Rewrite.Of<Reduce>("the sum of a pool's gradient over all pixels", (graph, node, reduce) =>
            reduce.Kind == ReduceKind.Sum && reduce.Axes.Contains(2) && reduce.Axes.Contains(3) && node.Inputs[0].Operator is MaxPoolGradient
                ? graph.Add(reduce, node.Inputs[0].Inputs[1])
                : null),
    ];

    private static bool Overlap(PoolGeometry geometry) => geometry.StrideY < geometry.KernelY || geometry.StrideX < geometry.KernelX;
}
