using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers;

/// <summary>
/// How an optimizer changes one weight, as data. In the expressions, input 0 is the gradient, input 1 the weight, and each entry of <paramref name="Entries"/> is
/// the next input.
/// </summary>
/// <param name="Entries">What is loaded and computed, in order.</param>
/// <param name="Weight">The new weight; null where the weight stays.</param>
public sealed record OptimizerRule(EquatableArray<RuleEntry> Entries, ScalarExpression? Weight)
{
    /// <summary>The input that is the gradient.</summary>
    public const int GradientInput = 0;

    /// <summary>The input that is the weight.</summary>
    public const int WeightInput = 1;

    /// <summary>The input that the first entry is.</summary>
    public const int FirstEntry = 2;

    /// <summary>The slots of state that it reads or writes, in order.</summary>
    public IReadOnlyList<int> Slots => [.. Entries.Select(entry => entry switch
    {
        RuleEntry.State state => state.Slot,
        RuleEntry.Computed { Slot: { } slot } => slot,
        _ => -1,
    }).Where(slot => slot >= 0).Distinct().OrderBy(slot => slot)];
}

/// <summary>A step of a rule, and a name for what it gives.</summary>
public abstract record RuleEntry(string Name)
{
    /// <summary>What the optimizer keeps of the weight: loaded.</summary>
    public sealed record State(string Name, int Slot) : RuleEntry(Name);

    /// <summary>A value; with a slot, it is the new state.</summary>
    public sealed record Computed(string Name, ScalarExpression Value, int? Slot) : RuleEntry(Name);
}
