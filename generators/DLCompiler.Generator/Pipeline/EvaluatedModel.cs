using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Evaluation;

namespace DLCompiler.Generator.Pipeline;

/// <summary>
/// A model after evaluation. Compared by reference: the step before it is cached by value, so a new one means that something has changed.
/// </summary>
internal sealed class EvaluatedModel
{
    private EvaluatedModel(ModelSource source, EvaluationResult? result, string? failure)
    {
        Source = source;
        Result = result;
        Failure = failure;
        Errors = source.Problems
            .Concat((result?.Diagnostics ?? []).Select(diagnostic => diagnostic.Id).Where(Descriptors.IsError))
            .Distinct().OrderBy(id => id, StringComparer.Ordinal).ToEquatableArray();
    }

    public ModelSource Source { get; }

    /// <summary>The graph, diagnostics and signature; null after a failure.</summary>
    public EvaluationResult? Result { get; }

    /// <summary>Why the compiler itself failed, if it did.</summary>
    public string? Failure { get; }

    /// <summary>Ids of the errors that keep the model from being compiled.</summary>
    public EquatableArray<string> Errors { get; }

    /// <summary>What the evaluator says first, for where analyzers don't run.</summary>
    public string? FirstError => (Result?.Diagnostics ?? []).FirstOrDefault(diagnostic => Descriptors.IsError(diagnostic.Id))?.Message;

    /// <summary>Whether there is a graph to compile.</summary>
    public bool IsRight => Failure is null && Errors.Count == 0 && Result?.Model is not null;

    public static EvaluatedModel Create(ModelSource source, CancellationToken cancellation)
    {
        if (source.Program is not { } program) return new EvaluatedModel(source, null, source.Failure ?? "the class could not be parsed");
        try
        {
            Dictionary<string, ClassProgram> blocks = source.Dependencies.ToDictionary(block => block.MetadataName, StringComparer.Ordinal);
            return new EvaluatedModel(
                source, FrontEnd.Evaluate(program, name => blocks.TryGetValue(name, out ClassProgram? block) ? block : null, cancellation), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new EvaluatedModel(source, null, Failures.Describe(exception));
        }
    }
}
