using System;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>An operation on compile-time values fails. The expression that asked for it reports it at its own place.</summary>
internal sealed class EvaluationFault(string id, string message) : Exception(message)
{
    /// <summary>The diagnostic's id.</summary>
    public string Id { get; } = id;

    /// <summary>The same, for the condition of a loop; null where nothing else is to be said.</summary>
    public string? InLoop { get; init; }
}

/// <summary>An entry point can't be evaluated further: the reason is reported already.</summary>
internal sealed class EvaluationStopped : Exception;
