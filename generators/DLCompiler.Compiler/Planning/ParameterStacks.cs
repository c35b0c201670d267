using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Loops;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// What a Repeat walks over are the parameters of its blocks, put together. Where these lie in memory at equal distances, they are one parameter, a stack, and
/// nothing is put together; elsewhere the blocks follow each other after all.
/// </summary>
public static class ParameterStacks
{
    /// <summary>The function with stacks of parameters.</summary>
    public static FunctionGraph Apply(FunctionGraph function, ModelStorage storage)
    {
        IReadOnlyList<Node> results = function.Results, live = FusionPlan.Reachable(results);
        LoopGroup[] repeats = [.. LoopGroup.Of(live).Where(group => group.Loop is Repeat)];
        if (repeats.Length == 0) return function;
        ILookup<Node, Node> users = live.SelectMany(node => node.Inputs.Distinct().Select(input => (Input: input, User: node)))
            .ToLookup(pair => pair.Input, pair => pair.User);
        var updates = new HashSet<string>(function.Updates);
        var stacks = new Dictionary<Node, string>();
        foreach (Node sequence in repeats.SelectMany(group => group.Sequences).Distinct())
            if (Stack(sequence) is { } stack) stacks.Add(sequence, stack);
        if (!repeats.SelectMany(group => group.Sequences).All(stacks.ContainsKey)) return RepeatUnrolling.Apply(function);

        var graph = new GraphBuilder();
        var replacements = new Dictionary<Node, Node>();
        foreach (Node node in live.Concat(function.Inputs).Concat(function.StateWrites.Select(write => write.State)).Concat(function.Memories)
            .Distinct().OrderBy(node => node.Id).Where(node => !IsPartOfStack(node)))
        {
            graph.Label = node.Label;
            replacements[node] = stacks.TryGetValue(node, out string? stack) ? graph.Add(new Parameter(stack, node.Type))
                : graph.Add(node.Operator, [.. node.Inputs.Select(input => replacements[input])]);
        }

        Dictionary<string, string> stackOf = stacks.SelectMany(pair => Names(pair.Key)!.Select(name => (name, pair.Value)))
            .ToDictionary(pair => pair.name, pair => pair.Value);
        return function with
        {
            Graph = graph,
            Inputs = Replaced(function.Inputs),
            Outputs = Replaced(function.Outputs),
            StateWrites = [.. function.StateWrites.Select(write => (replacements[write.State], replacements[write.Value]))],
            Memories = Replaced(function.Memories),
            MemoryWrites = [.. function.MemoryWrites.Select(write => (replacements[write.Memory], replacements[write.Value]))],
            Updates = [.. function.Updates.Select(name => stackOf.TryGetValue(name, out string? stack) ? stack : name).Distinct()],
        };

        IReadOnlyList<Node> Replaced(IReadOnlyList<Node> nodes) => [.. nodes.Select(node => replacements[node])];

        // Parameters of a stack, and their places in it, are read by nothing else.
        bool IsPartOfStack(Node node) => users[node].Any() && users[node].All(user => stacks.ContainsKey(user) || users[user].Any(stacks.ContainsKey));

        // The stack of what a sequence is put together from, if nothing else reads that.
        string? Stack(Node sequence) =>
            Names(sequence) is { } names && names.Distinct().Count() == names.Count
            && names.Count(updates.Contains) is var trained && (trained == 0 || trained == names.Count)
            && users[sequence].All(user => user.Operator is Repeat repeat && user.Inputs.Skip(repeat.CarriedCount).Take(repeat.SequenceCount).Contains(sequence)
                && user.Inputs.Count(input => input == sequence) == 1)
            && sequence.Inputs.All(layer => users[layer].Count() == 1 && users[layer.Inputs[0]].Count() == 1 && !results.Contains(layer)
                && !results.Contains(layer.Inputs[0])) && !results.Contains(sequence)
            ? storage.Stack(names) : null;
    }

    /// <summary>The parameters that a value is put together from, one after the other; null where it is something else.</summary>
    private static IReadOnlyList<string>? Names(Node sequence) =>
        sequence.Operator is Concat { Axis: 0 } && sequence.Inputs.All(layer => layer.Operator is Reshape && layer.Inputs[0].Operator is Parameter)
            ? [.. sequence.Inputs.Select(layer => ((Parameter)layer.Inputs[0].Operator).Identifier)] : null;
}
