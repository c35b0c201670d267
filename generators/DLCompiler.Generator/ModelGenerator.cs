using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Emit.Surface;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using DLCompiler.Generator.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DLCompiler.Generator;

/// <summary>
/// Adds to each <c>[Model]</c> its surface (signatures, constants, documentation) and its kernels, in two files, and publishes the programs of a library's
/// classes.
/// Everything after the first step compares by content, so that an edit recompiles only the models that see it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ClassSource> models = Classes(context, KnownNames.Model, ClassKind.Model, StepNames.Models);
        IncrementalValuesProvider<ClassSource> blocks = Classes(context, KnownNames.Block, ClassKind.Block, StepNames.Blocks);

        IncrementalValueProvider<EquatableArray<ClassProgram>> referenced = context.CompilationProvider
            .Select(ReferencedPrograms.Read).WithTrackingName(StepNames.Published)
            .Select((published, _) => ReferencedPrograms.Parse(published)).WithTrackingName(StepNames.Referenced);
        IncrementalValueProvider<ProgramLibrary> library = models.Collect().Combine(blocks.Collect()).Combine(referenced)
            .Select((all, _) => ProgramLibrary.Create(all.Left.Left, all.Left.Right, all.Right)).WithTrackingName(StepNames.Library);

        IncrementalValuesProvider<EvaluatedModel> evaluated = models.Combine(library)
            .Select((pair, _) => pair.Right.Resolve(pair.Left)).WithTrackingName(StepNames.Sources)
            .Select(EvaluatedModel.Create).WithTrackingName(StepNames.Evaluations);

        IncrementalValuesProvider<EmittedFile> surfaces = evaluated.Select((model, _) => FilePrinting.Surface(model)).WithTrackingName(StepNames.Surfaces);
        IncrementalValueProvider<ImmutableArray<ScheduleFile>> schedules = context.AdditionalTextsProvider.Where(ScheduleFile.IsOne)
            .Select(ScheduleFile.Read).WithTrackingName(StepNames.Schedules).Collect();
        IncrementalValuesProvider<EmittedFile> kernels = evaluated.Combine(schedules)
            .Select((pair, _) => ScheduledModel.Create(pair.Left, pair.Right)).WithTrackingName(StepNames.Decisions)
            .Select(FilePrinting.Kernels).WithTrackingName(StepNames.Kernels);
        context.RegisterSourceOutput(surfaces, AddFile);
        context.RegisterImplementationSourceOutput(kernels, AddFile);

        IncrementalValueProvider<EquatableArray<PublishedProgram>> publications = models.Collect().Combine(blocks.Collect())
            .Combine(context.CompilationProvider.Select((compilation, _) => compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary))
            .Select((all, _) => all.Right ? Publication.Programs(all.Left.Left.Concat(all.Left.Right)) : []).WithTrackingName(StepNames.Publications);
        context.RegisterSourceOutput(publications, (output, programs) =>
        {
            if (programs.Count > 0) output.AddSource("DLCompiler.Programs.g.cs", SourceText.From(Publication.Print(programs), Encoding.UTF8));
        });

        // Reports are values too; locations, which move with every edit above a class, meet them only here.
        IncrementalValueProvider<ImmutableArray<ModelReport>> reports = evaluated.Combine(surfaces.Collect())
            .Select((pair, _) => FilePrinting.Report(pair.Left, pair.Right))
            .WithTrackingName(StepNames.Reports).Collect();
        IncrementalValueProvider<ImmutableArray<(string MetadataName, SourceLocation Location)>> locations =
            models.Select((model, _) => (model.MetadataName, model.Location)).Collect();
        IncrementalValueProvider<bool> analyzersRun = context.AnalyzerConfigOptionsProvider.Select((options, _) => Reporting.DoAnalyzersRun(options));
        context.RegisterSourceOutput(
            reports.Combine(locations).Combine(analyzersRun), (output, all) => Reporting.Report(output, all.Left.Left, all.Left.Right, all.Right));
        context.RegisterImplementationSourceOutput(
            kernels.Collect().Combine(locations),
            (output, pair) => Reporting.Report(output, [.. pair.Left.Select(file => new ModelReport(file.Name, file.MetadataName, [], null, file.Failure))],
                pair.Right, analyzersRun: false));
        context.RegisterSourceOutput(schedules.Combine(models.Select((model, _) => model.MetadataName).Collect()),
            (output, pair) => ScheduleReporting.ReportFiles(output, pair.Left, pair.Right));
        context.RegisterImplementationSourceOutput(kernels.Collect().Combine(schedules),
            (output, pair) => ScheduleReporting.ReportOverrides(output, pair.Left, pair.Right));
    }

    private static IncrementalValuesProvider<ClassSource> Classes(IncrementalGeneratorInitializationContext context, string attribute, ClassKind kind,
        string step) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, ClassSources.IsCandidate, (syntax, cancellation) => ClassSources.Create(syntax, kind, cancellation))
            .Where(source => source is not null)
            .Select((source, _) => source!)
            .WithTrackingName(step);

    private static void AddFile(SourceProductionContext output, EmittedFile file)
    {
        if (file.Text is { } text) output.AddSource(file.HintName, SourceText.From(text, Encoding.UTF8));
    }
}
