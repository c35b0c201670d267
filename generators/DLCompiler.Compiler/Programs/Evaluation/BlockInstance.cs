using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// An object of a user's class: a model or a block with its hyperparameters and fields. What it inherits is an object of its own, <see cref="Base"/>.
/// </summary>
/// <param name="program">The class.</param>
/// <param name="created">Where it was created; null for the model.</param>
internal sealed class BlockInstance(ClassProgram program, Origin? created)
{
    /// <summary>The class.</summary>
    public ClassProgram Program { get; } = program;

    /// <summary>Where it was created; null for the model.</summary>
    public Origin? Created { get; } = created;

    /// <summary>What it inherits; null for most.</summary>
    public BlockInstance? Base { get; set; }

    /// <summary>The key of its fields in checkpoints, with a dot at the end; empty for the model.</summary>
    public string? Prefix { get; set; }

    /// <summary>The hyperparameters.</summary>
    public Dictionary<string, object?> HyperParameters { get; } = new(StringComparer.Ordinal);

    /// <summary>The fields.</summary>
    public Dictionary<string, object?> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The layers of a chain, in order.</summary>
    public List<LayerInstance> Chain { get; } = [];

    /// <summary>Whether a method was called on it from outside.</summary>
    public bool IsUsed { get; set; }

    /// <summary>This object, then what it inherits.</summary>
    public IEnumerable<BlockInstance> Parts
    {
        get
        {
            for (BlockInstance? part = this; part is not null; part = part.Base) yield return part;
        }
    }
}

/// <summary>A lambda, a local function, or a method as a value.</summary>
/// <param name="Parameters">The parameters' names.</param>
/// <param name="Closure">The variables that it sees.</param>
internal sealed record FunctionValue(EquatableArray<string> Parameters, Statement Body, Scope Closure);

/// <summary>A method of a user's class as a value.</summary>
internal sealed record MethodValue(BlockInstance Instance, string Owner, string Method);
