using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Graph;

/// <summary>The nodes that are results of one loop.</summary>
/// <param name="Loop">The loop, whichever result.</param>
/// <param name="Inputs">What it is given.</param>
/// <param name="Results">Its results that are there, by number; the first of them has the smallest id.</param>
public sealed record LoopGroup(Loop Loop, IReadOnlyList<Node> Inputs, IReadOnlyDictionary<int, Node> Results)
{
    /// <summary>The loops among some nodes.</summary>
    public static IReadOnlyList<LoopGroup> Of(IEnumerable<Node> nodes) =>
    [
        .. nodes.Where(node => node.Operator is Loop).OrderBy(node => node.Id)
            .GroupBy(node => (Loop: ((Loop)node.Operator).WithResult(0), Inputs: node.Inputs.Select(input => input.Id).ToEquatableArray()))
            .Select(group => new LoopGroup(group.Key.Loop, group.First().Inputs, group.ToDictionary(node => ((Loop)node.Operator).Result))),
    ];

    /// <summary>What it walks over.</summary>
    public IEnumerable<Node> Sequences => Inputs.Skip(Loop.CarriedCount).Take(Loop.SequenceCount);

    /// <summary>Where the sequences end among the inputs, and the values for all steps begin.</summary>
    public int SharedStart => Loop.CarriedCount + Loop.SequenceCount;
}
