using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Autodiff;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Loops;
using DLCompiler.Compiler.Simplify;

namespace DLCompiler.Compiler.Schedules;

/// <summary>A function after the passes that don't depend on the processor: differentiated, lowered to operators that have schedules, simplified.</summary>
/// <param name="Function">The function as the front end gave it.</param>
/// <param name="Parameters">The parameters it trains, by name.</param>
/// <param name="Results">The values it has to compute: outputs, new states, and the gradients of <paramref name="Parameters"/>, in this order.</param>
public sealed record PreparedFunction(FunctionGraph Function, IReadOnlyList<string> Parameters, IReadOnlyList<Node> Results)
{
    /// <summary>The values that the user wants to be computed again for the backward pass.</summary>
    public IReadOnlyList<Node> Marked { get; init; } = [];

    /// <summary>Runs the passes.</summary>
    public static PreparedFunction Create(FunctionGraph declared)
    {
        FunctionGraph function = LoopOptimizer.Apply(SizeNaming.Apply(declared));
        RequireNumbers(function);
        IReadOnlyList<Node> trained = Trained(function);
        IReadOnlyDictionary<Node, Node> gradients = trained.Count == 0 ? new Dictionary<Node, Node>()
            : ReverseMode.Gradients(function.Graph, function.Outputs[0], trained);
        IReadOnlyList<Node> wanted = LoopOptimizer.Apply(function.Graph,
            [.. function.Results, .. trained.Select(parameter => gradients[parameter])]);
        IReadOnlyList<Node> marked = [.. FusionPlan.Reachable(wanted).Where(node => node.Operator is Recompute)];
        SimplifiedGraph simplified = GraphSimplifier.Simplify(Lowering.Lower(function.Graph, [.. wanted, .. marked], function.Kind));
        IReadOnlyList<Node> lowered = Lowering.Lower(simplified.Graph, simplified.Outputs, function.Kind);

        // What is written at the end must not be read from what is written: a weight's gradient may be another weight.
        IReadOnlyList<Node> safe = [.. lowered.Take(wanted.Count)
            .Select((node, index) => index < function.Outputs.Count ? node : Owned(simplified.Graph, node))];
        return new PreparedFunction(function, [.. trained.Select(parameter => ((Parameter)parameter.Operator).Identifier)], safe)
        {
            Marked = [.. lowered.Skip(wanted.Count)],
        };
    }

    // A value of its own in place of a parameter, a state or another view of one.
    private static Node Owned(GraphBuilder graph, Node node)
    {
        Node source = node;
        while (source.Operator is Reshape) source = source.Inputs[0];
        return source.Operator is Parameter or State ? graph.Add(new Map(new ScalarExpression.Input(0), node.Type.Element), node) : node;
    }

    private static void RequireNumbers(FunctionGraph function)
    {
        foreach (Node node in function.Inputs.Concat(function.Outputs))
        {
            if (node.Type.Element is ElementType.Float64 or ElementType.UInt8)
                throw new NotSchedulableException(node,
                    $"has elements of type {node.Type.Element}; compiled functions take float, int for labels and ids, and bool for masks");
        }
    }

    // Only what the loss depends on has a gradient; the rest keeps its value.
    private static IReadOnlyList<Node> Trained(FunctionGraph function)
    {
        if (function.Optimizer is null) return [];
        var names = new HashSet<string>(function.Updates);
        return [.. FusionPlan.Reachable(function.Outputs).Where(node => node.Operator is Parameter parameter && names.Contains(parameter.Identifier))];
    }
}
