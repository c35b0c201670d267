using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Simplify;

/// <summary>Rules for elementwise maps.</summary>
internal static class MapRewrites
{
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        Rewrite.Of<Map>("uniform operands become part of the expression, which is simplified; unused and equal operands vanish", (graph, node, map) =>
        {
            if (Uniform.Value(node) is not null) return null;
            ScalarExpression expression = map.Expression.Substitute(index => Uniform.Value(node.Inputs[index]) ?? new ScalarExpression.Input(index));
            return graph.Map(expression, map.Element, node.Inputs);
        }),

        Rewrite.Of<Map>("a map of operands that are all repeated alike is computed before repeating", (graph, node, map) =>
        {
            if (node.Inputs.Any(input => input.Operator is not Broadcast || !input.Operator.Equals(node.Inputs[0].Operator))) return null;
            Node[] sources = [.. node.Inputs.Select(input => input.Inputs[0])];
            return sources.All(source => source.Shape == sources[0].Shape)
                ? graph.Add(node.Inputs[0].Operator, graph.Map(map.Expression, map.Element, sources))
                : null;
        }),
    ];
}
