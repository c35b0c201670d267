using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph;

/// <summary>One application of a block: what it computes of what the block before it gave, and the values from around it that it reads.</summary>
public sealed record Round(SubGraph Body, IReadOnlyList<Node> Shared);

/// <summary>Makes a loop of applications that differ in the parameters they read only.</summary>
public static class RepeatRolling
{
    /// <summary>The results of all rounds as those of one loop; null where rounds differ in more than parameters.</summary>
    /// <param name="graph">Takes the loop.</param>
    /// <param name="states">What the first round is given.</param>
    /// <param name="rounds">The rounds.</param>
    /// <param name="recompute">Whether gradients compute each round's values again.</param>
    public static IReadOnlyList<Node>? Roll(GraphBuilder graph, IReadOnlyList<Node> states, IReadOnlyList<Round> rounds, bool recompute)
    {
        Round first = rounds[0];
        if (rounds.Count < 2 || !first.Body.Results.Select(end => end.Type).SequenceEqual(states.Select(state => state.Type))
            || first.Body.Graph.Nodes.Any(node => IsBetterAlone(node.Operator))) return null;
        int[] streams = Streams(first.Body);
        if (!rounds.Skip(1).All(round => round.Shared.Count == first.Shared.Count && Renamed(round.Body, streams)?.Equals(first.Body) == true)) return null;

        int[] places = [.. Enumerable.Range(0, first.Shared.Count)];
        int[] differing = [.. places.Where(place => rounds.Any(round => round.Shared[place] != first.Shared[place]))];
        int[] alike = [.. places.Except(differing)];
        if (differing.Length == 0 || differing.Any(place => rounds.Any(round => round.Shared[place].Operator is not Parameter))) return null;

        (string Element, string Common)? prefix = Prefix(rounds, differing[0]);
        SubGraph body = first.Body.With(
            [.. Enumerable.Range(0, states.Count), .. differing.Concat(alike).Select(place => states.Count + place)],
            node => node, label => prefix is { } own && label.StartsWith(own.Element, StringComparison.Ordinal)
                ? own.Common + label.Substring(own.Element.Length) : label);
        Node[] operands =
        [
            .. states,
            .. differing.Select(place => graph.Concat(0, [.. rounds.Select(round => Layer(graph, round.Shared[place]))])),
            .. alike.Select(place => first.Shared[place]),
        ];
        string? around = graph.Label;
        graph.Label = prefix?.Common.TrimEnd('.') ?? around;
        Node[] results = [.. states.Select((_, result) =>
            graph.Add(new Repeat(body, states.Count, differing.Length, Reverse: false, result) { Recompute = recompute }, operands))];
        graph.Label = around;
        return results;
    }

    /// <summary>The results of all rounds, one after the other.</summary>
    public static IReadOnlyList<Node> Follow(GraphBuilder graph, IReadOnlyList<Node> states, IReadOnlyList<Round> rounds) =>
        rounds.Aggregate(states, (given, round) => round.Body.Inline(graph, [.. given, .. round.Shared]));

    // Images are computed with samples side by side, and lie in rows between the steps of a loop; a loop in a loop waits twice.
    private static bool IsBetterAlone(Operator @operator) => @operator is Loop or Convolve or ConvolveInputGradient or MaxPool or AveragePool;

    private static Node Layer(GraphBuilder graph, Node parameter) =>
        graph.Reshape(parameter, new Shape(parameter.Shape.Dimensions.Insert(0, Dimension.One)));

    // Each random tensor of a round has a stream of its own; a loop has one for all rounds, and each round has other elements of it.
    private static int[] Streams(SubGraph body) =>
        [.. body.Graph.Nodes.Select(node => node.Operator).OfType<RandomUniform>().Select(random => random.Stream).Distinct()];

    private static SubGraph? Renamed(SubGraph body, int[] streams)
    {
        int[] own = Streams(body);
        if (own.Length != streams.Length) return null;
        return own.Length == 0 ? body
            : body.With(node => node is RandomUniform random ? random with { Stream = streams[Array.IndexOf(own, random.Stream)] } : node);
    }

    // Layers are called by what they have in common: layers.0.norm1 and layers.1.norm1 are layers.norm1.
    private static (string Element, string Common)? Prefix(IReadOnlyList<Round> rounds, int place)
    {
        string[] names = ((Parameter)rounds[0].Shared[place].Operator).Identifier.Split('.'),
            others = ((Parameter)rounds[1].Shared[place].Operator).Identifier.Split('.');
        int count = names.Zip(others, (name, other) => name == other).TakeWhile(same => same).Count();
        if (count == 0 || count >= names.Length - 1) return null;
        string common = string.Join(".", names.Take(count)) + ".";
        return (common + names[count] + ".", common);
    }
}
