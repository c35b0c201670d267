using System;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Simplify;

/// <summary>A rule: a pattern of nodes and what to put in its place.</summary>
/// <param name="Name">What the rule does, in words.</param>
/// <param name="Apply">The replacement of a node, made in the given graph; null where the pattern does not match.</param>
public sealed record Rewrite(string Name, Func<GraphBuilder, Node, Node?> Apply)
{
    /// <summary>A rule for nodes with one kind of operator.</summary>
    public static Rewrite Of<TOperator>(string name, Func<GraphBuilder, Node, TOperator, Node?> apply)
        where TOperator : Operator => new(name, (graph, node) => node.Operator is TOperator @operator ? apply(graph, node, @operator) : null);
}
