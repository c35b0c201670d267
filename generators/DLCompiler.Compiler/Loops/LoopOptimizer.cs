using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Loops;

/// <summary>What is better done before, after or in another step of a loop than where its body says.</summary>
public static class LoopOptimizer
{
    /// <summary>The function with better loops, before it is differentiated.</summary>
    public static FunctionGraph Apply(FunctionGraph function) => function.WithResults(LoopInputs.Apply(function.Graph, function.Results));

    /// <summary>The results with better loops, after differentiation.</summary>
    /// <param name="graph">Takes the new nodes.</param>
    /// <param name="results">What a function computes, gradients included.</param>
    public static IReadOnlyList<Node> Apply(GraphBuilder graph, IReadOnlyList<Node> results) => LoopSums.Apply(graph, KeptValues.Apply(graph, results));
}
