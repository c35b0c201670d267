using System.Linq;

namespace DLCompiler.Compiler.Optimizers;

/// <summary>
/// An optimizer: its numbers and its rule. A new one is one file in <c>Rules/</c>, a line in <see cref="OptimizerTable"/>, and a member of the library's enum with
/// its documentation. Fusion, memory for its state, checkpoints and clipping follow from the rule.
/// </summary>
public abstract class OptimizerDefinition
{
    /// <summary>The member of the library's <c>Optimizer</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Its numbers and their defaults, which are those of PyTorch where it has the optimizer.</summary>
    public abstract EquatableArray<NumberDefinition> Numbers { get; }

    /// <summary>What weight decay does, unless the model says otherwise.</summary>
    public virtual DecayPlace Decay => DecayPlace.Gradient;

    /// <summary>Writes the rule: its states, and the weight after the step.</summary>
    public abstract void Write(RuleBuilder rule);

    /// <summary>One of its numbers, or one that every optimizer has; null if there is none of the name.</summary>
    public NumberDefinition? Number(string name) => Numbers.Concat(CommonNumbers.All).FirstOrDefault(number => number.Name == name);
}

/// <summary>What weight decay acts on.</summary>
public enum DecayPlace
{
    /// <summary>It adds to the gradient.</summary>
    Gradient,

    /// <summary>It shrinks the weight.</summary>
    Weight,

    /// <summary>The rule says.</summary>
    Rule,
}
