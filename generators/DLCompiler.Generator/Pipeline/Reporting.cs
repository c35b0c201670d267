using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Pipeline;

/// <summary>The generator's own two diagnostics. Their locations are by value, so that no pragma suppresses them.</summary>
internal static class Reporting
{
    public static void Report(SourceProductionContext output, ImmutableArray<ModelReport> reports, ImmutableArray<(string MetadataName, SourceLocation Location)> locations)
    {
        foreach (ModelReport report in reports)
        {
            Location location = locations.FirstOrDefault(item => item.MetadataName == report.MetadataName).Location?.ToLocation() ?? Location.None;
            if (report.Failure is { } failure)
            {
                output.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.Of(DiagnosticIds.CompilerFailure),
                    location,
                    $"the DLCompiler generator failed on '{report.Name}', which is not compiled; please report this: {failure}"));
            }
            else if (report.Errors.Count > 0)
            {
                output.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.Of(DiagnosticIds.NotCompiled), location, $"'{report.Name}' has errors ({string.Join(", ", report.Errors)}) and was not compiled"));
            }
        }
    }
}
