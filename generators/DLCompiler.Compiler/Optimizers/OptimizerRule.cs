using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers;

/// <summary>
/// How an optimizer changes one weight, as data. In the expressions, input 0 is the gradient, input 1 the weight, and each entry of <paramref name="Entries"/> is
/// the next input.
/// </summary>
/// <param name="Entries">What is loaded and computed, in order.</param>
/// <param name="Result">The new weight or, where another rule follows, the gradient that it gets; null where nothing is written but state.</param>
public sealed record OptimizerRule(EquatableArray<RuleEntry> Entries, ScalarExpression? Result)
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

    /// <summary>The scalars that it takes, each of which is computed from all elements of a tensor.</summary>
    public IReadOnlyList<RuleEntry.Scalar> Scalars => [.. Entries.OfType<RuleEntry.Scalar>()];
}

/// <summary>A step of a rule, and a name for what it gives.</summary>
public abstract record RuleEntry(string Name)
{
    /// <summary>What the optimizer keeps of the weight: loaded.</summary>
    public sealed record State(string Name, int Slot) : RuleEntry(Name);

    /// <summary>A value; with a slot, it is the new state.</summary>
    public sealed record Computed(string Name, ScalarExpression Value, int? Slot) : RuleEntry(Name);

    /// <summary>One number for all elements.</summary>
    public sealed record Scalar(string Name, RuleScalar Kind) : RuleEntry(Name);
}

/// <summary>Numbers that need all elements of a tensor, or of all tensors, before one weight can be updated.</summary>
public enum RuleScalar
{
    /// <summary>What makes a parameter's gradient at most as long as is allowed.</summary>
    ClipOne,

    /// <summary>What makes all gradients together at most as long as is allowed.</summary>
    ClipAll,

    /// <summary>The length of the weights over that of the gradient that this rule gets; 1 where one of them is zero.</summary>
    TrustRatio,
}

/// <summary>All that a step does to a parameter, one after the other.</summary>
/// <param name="Update">The rule; it is the whole update where <paramref name="Then"/> is null.</param>
/// <param name="Then">What goes on with the first rule's result, once all of it is known.</param>
/// <param name="Accumulation">What adds a step's gradient to those before it; the update then takes place every few steps, from their sum.</param>
/// <param name="AccumulatorSlot">The slot of that sum.</param>
/// <param name="MaxNorm">The longest that a row of the weights may be afterwards.</param>
public sealed record ParameterRules(
    OptimizerRule Update, OptimizerRule? Then, OptimizerRule? Accumulation, int AccumulatorSlot, ScalarExpression? MaxNorm)
{
    /// <summary>What the gradient meets first: it may be the end of the kernel that computes it.</summary>
    public OptimizerRule First => Accumulation ?? Update;

    /// <summary>Whether the first rule needs one element of the gradient at a time, and nothing of the others.</summary>
    public bool IsElementwise => First.Scalars.Count == 0 && (Accumulation is not null || Then is null);

    /// <summary>All slots of state that are used.</summary>
    public IReadOnlyList<int> Slots => [.. new[] { Update, Then, Accumulation }.SelectMany(rule => rule?.Slots ?? []).Distinct().OrderBy(slot => slot)];
}
