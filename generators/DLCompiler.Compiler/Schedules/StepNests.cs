using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Elementwise values of a loop's step that one kernel computes: all of one shape whose operands are there. Steps are small, so that a kernel's own cost
/// counts, and each value is used while it is in a register. Outside of loops, values are needed at different times, and computing one early would keep it.
/// </summary>
internal static class StepNests
{
    // So many results and their operands fit the registers.
    private const int Most = 8;

    /// <summary>The values to compute with a first one, in their order.</summary>
    public static IReadOnlyList<Node> From(SchedulingContext context, Node first)
    {
        if (context.Counter is null || !IsCandidate(context, first, first)) return [first];
        var members = new List<Node> { first };
        foreach (Node node in context.Fusion.Live.SkipWhile(node => node != first).Skip(1))
        {
            if (members.Count == Most) break;
            if (IsCandidate(context, node, first) && !context.IsComputed(node) && node.Inputs.All(input => IsThere(input, true))) members.Add(node);
        }

        return members;

        // Another member's value is in a register at the same element only.
        bool IsThere(Node node, bool sameElement)
        {
            if (members.Contains(node)) return sameElement;
            if (context.BuffersOf(node).Count > 0) return true;
            return context.Fusion.IsInlined(node) && node.Inputs.All(input => IsThere(input, sameElement && node.Operator is Map));
        }
    }

    private static bool IsCandidate(SchedulingContext context, Node node, Node first) => node.Operator is Map && node.Shape == first.Shape
        && node.Shape.Rank > 0
        && node.Type.Element.IsFloat() && context.Fusion.IsStored(node) && context.Fusion.AnchorOf(node) is null && !context.IsBlocked(node);
}
