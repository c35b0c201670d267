using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Simplify;

/// <summary>Rules for loops.</summary>
internal static class LoopRewrites
{
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        Rewrite.Of<Loop>("the body is simplified, for all results alike", (graph, node, loop) =>
        {
            SimplifiedGraph body = GraphSimplifier.Simplify(loop.Body.Results);
            var parameters = new List<Node>();
            foreach (Node parameter in loop.Body.Parameters) parameters.Add(body.Graph.Add(parameter.Operator));
            return graph.Add(loop with { Body = new SubGraph(parameters, body.Outputs) }, node.Inputs);
        }),
    ];
}
