using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Emit.Surface;

namespace DLCompiler.Generator.Pipeline;

/// <summary>A model's two files. A failure of the compiler becomes a value, which is reported with the model's name.</summary>
internal static class FilePrinting
{
    /// <summary>The surface: complete for a wrong model too; it throws where it would run.</summary>
    public static EmittedFile Surface(EvaluatedModel model) =>
        Print(model, ".g.cs", model.Source.CanExtend && model.Result is not null,
            () => SurfaceSource.Print(model.Source.Declaration, model.Result!.Signature, model.Result.Model, model.Source.Layers,
                model.Source.Program!.IsSequential));

    /// <summary>The kernels: only for a right model.</summary>
    public static EmittedFile Kernels(ScheduledModel scheduled, CancellationToken cancellation)
    {
        EvaluatedModel model = scheduled.Model;
        var decisions = new ModelDecisions(scheduled.Overrides);
        EmittedFile file = Print(
            model,
            ".Kernels.g.cs",
            model.Source.CanExtend && model.IsRight,
            () => KernelFile.Print(model.Source.Declaration, model.Result!.Model!, decisions, cancellation));
        return file.Text is null ? file : file with { Problems = decisions.Problems().ToEquatableArray() };
    }

    /// <summary>What is to be said about a model: failures first, then that it has errors.</summary>
    public static ModelReport Report(EvaluatedModel model, ImmutableArray<EmittedFile> surfaces)
    {
        string? failure = model.Failure ?? surfaces.FirstOrDefault(file => file.MetadataName == model.Source.MetadataName)?.Failure;
        return new ModelReport(Name(model), model.Source.MetadataName, model.Errors, model.FirstError, failure);
    }

    private static EmittedFile Print(EvaluatedModel model, string extension, bool exists, Func<string?> print)
    {
        string hint = model.Source.Declaration.HintName + extension;
        if (!exists) return new EmittedFile(Name(model), model.Source.MetadataName, hint, null, null);
        try
        {
            return new EmittedFile(Name(model), model.Source.MetadataName, hint, print(), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new EmittedFile(Name(model), model.Source.MetadataName, hint, null, Failures.Describe(exception));
        }
    }

    private static string Name(EvaluatedModel model) => model.Source.Program?.Name ?? model.Source.Declaration.Name;
}
