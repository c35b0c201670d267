using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Pipeline;

/// <summary>DLC4002: what files of overrides say and nobody can follow.</summary>
internal static class ScheduleReporting
{
    /// <summary>Lines that are none, and files that no model has the name of.</summary>
    public static void ReportFiles(SourceProductionContext output, ImmutableArray<ScheduleFile> files, ImmutableArray<string> models)
    {
        foreach (ScheduleFile file in files.Distinct())
        {
            foreach ((SchedulePlace place, string message) in file.Text.Mistakes) Report(output, file, place, message);
            if (models.Any(file.IsFor)) continue;
            string known = models.IsEmpty ? "this project has none" : "there is " + string.Join(", ", models.Take(8).Select(name => name.Replace('+', '.')));
            Report(output, file, new SchedulePlace(0, 0, 0, 0), $"no model is called '{file.ModelName}': {known}");
        }
    }

    /// <summary>Overrides that a model's schedules don't follow.</summary>
    public static void ReportOverrides(SourceProductionContext output, ImmutableArray<EmittedFile> kernels, ImmutableArray<ScheduleFile> files)
    {
        foreach (EmittedFile model in kernels.Where(model => model.Problems.Count > 0))
        {
            (ScheduleFile File, SchedulePlace Place)[] lines =
                [.. ScheduleFile.For(files, model.MetadataName).SelectMany(file => file.Text.Places.Select(place => (file, place)))];
            foreach (ScheduleProblem problem in model.Problems) Report(output, lines[problem.Override].File, lines[problem.Override].Place, problem.Message);
        }
    }

    private static void Report(SourceProductionContext output, ScheduleFile file, SchedulePlace place, string message) =>
        output.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(DiagnosticIds.Schedule), file.Locate(place), message));
}
