using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Autodiff;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Simplify;

namespace DLCompiler.Compiler.Schedules;

/// <summary>A function after the passes that don't depend on the processor: differentiated, lowered to operators that have schedules, simplified.</summary>
/// <param name="Function">The function as the front end gave it.</param>
/// <param name="Parameters">The parameters it trains, by name.</param>
/// <param name="Results">The values it has to compute: outputs, new states, and the gradients of <paramref name="Parameters"/>, in this order.</param>
public sealed record PreparedFunction(FunctionGraph Function, IReadOnlyList<string> Parameters, IReadOnlyList<Node> Results)
{
    /// <summary>Runs the passes.</summary>
    public static PreparedFunction Create(FunctionGraph function)
    {
        IReadOnlyList<Node> trained = Trained(function);
        IReadOnlyDictionary<Node, Node> gradients = trained.Count == 0 ? new Dictionary<Node, Node>() : ReverseMode.Gradients(function.Graph, function.Outputs[0], trained);
        IReadOnlyList<Node> wanted = [.. function.Outputs, .. function.StateWrites.Select(write => write.Value), .. trained.Select(parameter => gradients[parameter])];
        SimplifiedGraph simplified = GraphSimplifier.Simplify(Lowering.Lower(function.Graph, wanted));
        return new PreparedFunction(function, [.. trained.Select(parameter => ((Parameter)parameter.Operator).Identifier)], Lowering.Lower(simplified.Graph, simplified.Outputs));
    }

    // Only what the loss depends on has a gradient; the rest keeps its value.
    private static IReadOnlyList<Node> Trained(FunctionGraph function)
    {
        if (function.Optimizer is null) return [];
        var names = new HashSet<string>(function.Updates);
        return [.. Fusion.FusionPlan.Reachable(function.Outputs).Where(node => node.Operator is Parameter parameter && names.Contains(parameter.Identifier))];
    }
}
