using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// A block applied several times with different parameters, kept rolled: the sequences are the parameters (and caches) of all copies, stacked [L, …] with
/// L known; the carried values are the activations. Emitted once, so that depth costs no code.
/// </summary>
/// <inheritdoc cref="Loop"/>
public sealed record Repeat(SubGraph Body, int CarriedCount, int SequenceCount, bool Reverse, int Result)
    : Loop(Body, CarriedCount, SequenceCount, Reverse, Result)
{
    /// <summary>Whether gradients compute each block's values again, from what it began with, instead of keeping them.</summary>
    public bool Recompute { get; init; }

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        TensorType type = base.Infer(inputs);
        inputs[CarriedCount].RequireConstant(Name, 0);
        return type;
    }
}
