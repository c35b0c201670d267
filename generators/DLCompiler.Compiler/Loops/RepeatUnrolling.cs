using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Loops;

/// <summary>Writes the blocks of a Repeat one after the other, where they can't be a loop.</summary>
public static class RepeatUnrolling
{
    /// <summary>The function without Repeats.</summary>
    public static FunctionGraph Apply(FunctionGraph function)
    {
        GraphBuilder graph = function.Graph;
        return function.WithResults(LoopPass.Run(graph, function.Results, (group, inputs) => group.Loop is not Repeat ? null
            : result => group.Loop.Decompose(graph, graph.Add(group.Loop.WithResult(result), inputs))!));
    }
}
