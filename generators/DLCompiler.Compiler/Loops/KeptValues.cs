using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Loops;

/// <summary>
/// A gradient's loop computes each step of the original loop again. Where that takes more than elementwise work, the original loop keeps what the gradient
/// needs of its steps: products and random numbers, and what is made of them. What the user marked (<see cref="Recompute"/>) is computed again all the same.
/// </summary>
internal static class KeptValues
{
    /// <summary>The results with loops that keep values.</summary>
    public static IReadOnlyList<Node> Apply(GraphBuilder graph, IReadOnlyList<Node> results)
    {
        IReadOnlyList<LoopGroup> loops = LoopGroup.Of(FusionPlan.Reachable(results));
        var kept = new Dictionary<LoopGroup, (LoopGroup Original, List<(Node Again, Kept Value)> Values)>();
        foreach (LoopGroup gradient in loops)
            // A gradient's loop that is differentiated again keeps nothing for its own gradient.
            if (loops.FirstOrDefault(loop => IsOriginal(loop, gradient)) is { Loop: not Repeat { Recompute: true } } original && !kept.ContainsKey(original)
                && Find(original, gradient) is { Count: > 0 } values)
                kept.Add(gradient, (original, values));
        if (kept.Count == 0) return results;

        // Where each kept value of a loop's body becomes a new output.
        Dictionary<LoopGroup, List<Kept>> outputs = kept.Values.GroupBy(item => item.Original)
            .ToDictionary(group => group.Key, group => group.SelectMany(item => item.Values.Select(pair => pair.Value)).Distinct().ToList());
        Dictionary<(LoopGroup, Kept), Node> stacks = [];
        return LoopPass.Run(graph, results, (group, inputs) =>
        {
            // The pass groups the same nodes anew.
            LoopGroup known = loops.First(loop => loop.Results.Values.Contains(group.Results.Values.First()));
            if (kept.TryGetValue(known, out (LoopGroup Original, List<(Node Again, Kept Value)> Values) own))
                return LoopPass.WithGiven(graph, known, inputs, [.. own.Values.Select(pair => (pair.Again, stacks[(own.Original, pair.Value)]))], "kept");
            return outputs.TryGetValue(known, out List<Kept>? added) ? WithOutputs(known, inputs, added) : null;
        });

        System.Func<int, Node> WithOutputs(LoopGroup group, IReadOnlyList<Node> inputs, List<Kept> added)
        {
            (Loop loop, int count) = (group.Loop, group.Loop.Body.Results.Count);
            Loop wider = loop with { Body = Wider(loop.Body, added) };
            for (int index = 0; index < added.Count; index++) stacks[(group, added[index])] = graph.Add(wider.WithResult(count + index), inputs);
            return result => graph.Add(wider.WithResult(result < count ? result : result + added.Count), inputs);
        }
    }

    private static SubGraph Wider(SubGraph body, List<Kept> added)
    {
        int count = body.Results.Count;
        var all = new SubGraph(body.Parameters, [.. body.Results, .. added.Select(kept => kept.Value)]);
        var graph = new GraphBuilder();
        Node[] parameters = [.. all.Parameters.Select(parameter => graph.Add(parameter.Operator))];
        IReadOnlyList<Node> values = all.Inline(graph, parameters);
        return new SubGraph(parameters, [.. values.Take(count),
            .. added.Select((kept, index) => kept.Part is { } part ? graph.Add(part, values[count + index]) : values[count + index])]);
    }

    // A gradient's loop walks over the carried values with which each step of the original one began.
    private static bool IsOriginal(LoopGroup loop, LoopGroup gradient) => loop.Loop.CarriedCount > 0
        && Enumerable.Range(0, loop.Loop.CarriedCount).All(index => loop.Results.TryGetValue(loop.Loop.EntryResult(index), out Node? entry)
            && gradient.Inputs.Contains(entry));

    /// <summary>What the gradient's body needs of the original one's: the node that computes it again, and the original.</summary>
    private static List<(Node Again, Kept Value)> Find(LoopGroup original, LoopGroup gradient)
    {
        Dictionary<Node, Kept> originals = Match(original, gradient).ToDictionary(pair => pair.Key, pair => new Kept(pair.Value, null));

        // Only gradients read an attention's other result, which is computed with the first one.
        foreach (Node node in gradient.Loop.Body.Graph.Nodes.Where(node => node.Operator is AttentionLogSum && originals.ContainsKey(node.Inputs[0])))
            originals[node] = originals[node.Inputs[0]] with { Part = node.Operator };
        var expensive = new HashSet<Node>();
        foreach (Node node in gradient.Loop.Body.Graph.Nodes.Where(originals.ContainsKey))
            if (IsWork(node.Operator, original.Loop) || node.Inputs.Any(expensive.Contains)) expensive.Add(node);
        var found = new List<(Node Again, Kept Value)>();
        var marked = new HashSet<Node>(original.Loop.Body.Graph.Nodes.Where(node => node.Operator is Recompute).SelectMany(node => node.Inputs));
        foreach (Node node in gradient.Loop.Body.Results) Need(node);
        foreach (Node node in gradient.Loop.Body.Graph.Nodes.Where(node => !originals.ContainsKey(node)))
            foreach (Node input in node.Inputs) Need(input);
        return found;

        void Need(Node node)
        {
            // A marked value is computed again from what the step began with.
            if (!expensive.Contains(node) || marked.Contains(originals[node].Value) || found.Any(pair => pair.Again == node)) return;
            if (node.Operator is Recompute or Reshape or Permute or Slice or Flip or Broadcast)
                foreach (Node input in node.Inputs) Need(input);
            else
                found.Add((node, originals[node]));
        }
    }

    // Random numbers of a block are as many as its values, and are drawn again; those of a step of a sequence are few.
    private static bool IsWork(Operator @operator, Loop loop) => @operator is not (Input or Map or Constant or Iota or Broadcast or Reshape or Permute
        or Slice or Flip or Recompute or StopGradient or Parameter or State) && !(@operator is RandomUniform && loop is Repeat);

    /// <summary>The nodes of the gradient's body that compute the same as nodes of the original body.</summary>
    private static Dictionary<Node, Node> Match(LoopGroup original, LoopGroup gradient)
    {
        var matched = new Dictionary<Node, Node>();
        for (int index = 0; index < gradient.Inputs.Count; index++)
        {
            bool atStep = index < gradient.SharedStart;
            if (index < gradient.Loop.CarriedCount || Place(gradient.Inputs[index], atStep) is not { } place) continue;
            matched[gradient.Loop.Body.Parameters[index]] = original.Loop.Body.Parameters[place];
        }

        Dictionary<(Operator, EquatableArray<int>), Node> known = [];
        foreach (Node node in original.Loop.Body.Graph.Nodes.Where(node => node.Operator is not Input))
            known[(node.Operator, node.Inputs.Select(input => input.Id).ToEquatableArray())] = node;
        foreach (Node node in gradient.Loop.Body.Graph.Nodes.Where(node => node.Operator is not Input && node.Inputs.All(matched.ContainsKey)))
            if (known.TryGetValue((node.Operator, node.Inputs.Select(input => matched[input].Id).ToEquatableArray()), out Node? same)) matched[node] = same;
        return matched;

        // The original body's parameter that is given the same.
        int? Place(Node value, bool atStep)
        {
            for (int index = 0; index < original.Loop.CarriedCount && atStep; index++)
                if (original.Results.TryGetValue(original.Loop.EntryResult(index), out Node? entry) && entry == value) return index;
            (int first, int end) = atStep ? (original.Loop.CarriedCount, original.SharedStart) : (original.SharedStart, original.Inputs.Count);
            for (int index = first; index < end; index++)
                if (original.Inputs[index] == value) return index;
            return null;
        }
    }

    /// <summary>What the original loop keeps: a value of its body, or another result of the operator that computes it.</summary>
    private sealed record Kept(Node Value, Operator? Part);
}
