using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Loops;

/// <summary>
/// A sum over all steps of products or of reductions, such as a weight's gradient, is one product or reduction over the steps' operands after the loop: with as
/// many rows as all steps have, and without reading and writing the sum at each of them.
/// </summary>
internal static class LoopSums
{
    /// <summary>The results with such sums after their loops.</summary>
    public static IReadOnlyList<Node> Apply(GraphBuilder graph, IReadOnlyList<Node> results) =>
        LoopPass.Run(graph, results, (group, inputs) => Rewrite(graph, group, inputs));

    private static Func<int, Node>? Rewrite(GraphBuilder graph, LoopGroup group, IReadOnlyList<Node> inputs)
    {
        Loop loop = group.Loop;
        SubGraph body = loop.Body;
        Dictionary<int, Node> terms = [];
        for (int carried = 0; carried < loop.CarriedCount; carried++)
            if (Term(group, carried) is { } term && CanLift(term)) terms.Add(carried, term);
        if (terms.Count == 0) return null;

        // Operands that are no sequences become new outputs.
        var stacked = new List<Node>();
        foreach (Node term in terms.Values) Collect(term, stacked);
        Node[] added = [.. stacked.Where(node => SequenceOf(node) is null && OutputOf(node) is null).Distinct()];
        int[] kept = [.. Enumerable.Range(0, body.Results.Count).Where(index => !terms.ContainsKey(index))];
        Loop other = loop with
        {
            Body = new SubGraph([.. body.Parameters.Where((_, index) => !terms.ContainsKey(index))], [.. kept.Select(index => body.Results[index]), .. added]),
            CarriedCount = loop.CarriedCount - terms.Count,
        };
        Node[] operands = [.. inputs.Where((_, index) => !terms.ContainsKey(index))];
        return result =>
        {
            if (terms.TryGetValue(result, out Node? term)) return Sum(inputs[result], Lift(term));
            int number = result < body.Results.Count ? Array.IndexOf(kept, result)
                : other.EntryResult(Enumerable.Range(0, loop.CarriedCount).Where(index => !terms.ContainsKey(index)).ToList()
                    .IndexOf(result - body.Results.Count));
            return graph.Add(other.WithResult(number), operands);
        };

        Node Sum(Node first, Node rest) => first.Operator is Constant { Value: 0 } ? rest : graph.Add(first, rest);

        int? SequenceOf(Node node) => Find(body.Parameters, loop.SequenceCount, node);

        int? OutputOf(Node node) => Find(body.Results, loop.OutputCount, node);

        int? Find(IReadOnlyList<Node> nodes, int count, Node node) =>
            Enumerable.Range(loop.CarriedCount, count).Where(place => nodes[place] == node).Select(place => (int?)place).FirstOrDefault();

        Node Stack(Node node) => SequenceOf(node) is { } sequence ? inputs[sequence]
            : graph.Add(other.WithResult(OutputOf(node) is { } output ? Array.IndexOf(kept, output) : kept.Length + Array.IndexOf(added, node)), operands);

        Node Lift(Node node)
        {
            switch (node.Operator)
            {
                case Constant constant:
                    return graph.Map(new ScalarExpression.Input(0) * ScalarExpression.Of(inputs[loop.CarriedCount].Shape[0]), graph.Add(constant));
                case Contract contract:
                    return graph.Add(contract, LoopPass.Rows(graph, Stack(node.Inputs[0])), LoopPass.Rows(graph, Stack(node.Inputs[1])));
                case Reduce reduce:
                    return graph.Add(reduce with { Axes = [0, .. reduce.Axes.Select(axis => axis + 1)] }, Stack(node.Inputs[0]));
                case Map:
                    return graph.Add(Lift(node.Inputs[0]), Lift(node.Inputs[1]));
                default:
                    return graph.Add(node.Operator, Lift(node.Inputs[0]));
            }
        }
    }

    // What a carried value that is only summed up is increased by.
    private static Node? Term(LoopGroup group, int carried)
    {
        SubGraph body = group.Loop.Body;
        (Node parameter, Node next) = (body.Parameters[carried], body.Results[carried]);
        if (group.Results.ContainsKey(group.Loop.EntryResult(carried)) || next.Operator is not Map { IsSum: true }
            || !next.Inputs.Contains(parameter)) return null;
        Node term = next.Inputs[0] == parameter ? next.Inputs[1] : next.Inputs[0];
        return term != parameter && body.Graph.Nodes.All(node => node == next || !node.Inputs.Contains(parameter))
            && body.Results.Where((_, index) => index != carried).All(result => result != next && result != parameter) ? term : null;
    }

    // Whether the sum over steps of a value can be computed from what its steps are computed from, all steps at once.
    private static bool CanLift(Node node) => node.Operator switch
    {
        Constant => true,
        Contract { TransposeLeft: true, TransposeRight: false } => node.Shape.Rank == 2,
        Reduce { Kind: ReduceKind.Sum } => true,
        Map { IsSum: true } => node.Inputs.All(CanLift),
        Reshape or Permute => CanLift(node.Inputs[0]),
        _ => false,
    };

    private static void Collect(Node node, List<Node> stacked)
    {
        if (node.Operator is Contract or Reduce) stacked.AddRange(node.Inputs);
        else foreach (Node input in node.Inputs) Collect(input, stacked);
    }
}
