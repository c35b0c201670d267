using DLCompiler.Compiler;
using DLCompiler.Compiler.Decisions;

namespace DLCompiler.Generator.Pipeline;

/// <summary>A file to add, or why there is none.</summary>
/// <param name="Name">The model, for messages.</param>
/// <param name="MetadataName">The model, to find its location.</param>
/// <param name="HintName">The file's name.</param>
/// <param name="Text">The file; null if there is none.</param>
/// <param name="Failure">Why the compiler itself failed, if it did.</param>
internal sealed record EmittedFile(string Name, string MetadataName, string HintName, string? Text, string? Failure)
{
    /// <summary>What the user decided for the model and is not followed.</summary>
    public EquatableArray<ScheduleProblem> Problems { get; init; } = [];
}

/// <summary>What is to be said about a model beside its analyzers' diagnostics.</summary>
internal sealed record ModelReport(string Name, string MetadataName, EquatableArray<string> Errors, string? FirstError, string? Failure);
