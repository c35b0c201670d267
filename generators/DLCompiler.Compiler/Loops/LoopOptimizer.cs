using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Loops;

/// <summary>What is better done before, after or in another step of a loop than where its body says.</summary>
public static class LoopOptimizer
{
    /// <summary>The function with better loops, before it is differentiated.</summary>
    public static FunctionGraph Apply(FunctionGraph function)
    {
        int outputs = function.Outputs.Count, states = function.StateWrites.Count;
        IReadOnlyList<Node> results = LoopInputs.Apply(function.Graph,
            [.. function.Outputs, .. function.StateWrites.Select(write => write.Value), .. function.MemoryWrites.Select(write => write.Value)]);
        return function with
        {
            Outputs = [.. results.Take(outputs)],
            StateWrites = [.. function.StateWrites.Select((write, index) => (write.State, results[outputs + index]))],
            MemoryWrites = [.. function.MemoryWrites.Select((write, index) => (write.Memory, results[outputs + states + index]))],
        };
    }

    /// <summary>The results with better loops, after differentiation.</summary>
    /// <param name="graph">Takes the new nodes.</param>
    /// <param name="results">What a function computes, gradients included.</param>
    public static IReadOnlyList<Node> Apply(GraphBuilder graph, IReadOnlyList<Node> results) => LoopSums.Apply(graph, KeptValues.Apply(graph, results));
}
