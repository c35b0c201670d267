using System;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DLCompiler.Generator.Pipeline;

/// <summary>The generator's own two diagnostics. Their locations are by value, so that no pragma suppresses them.</summary>
/// <remarks>See <see cref="Descriptors.NotCompiledBesideAnalyzers"/> for why it matters whether analyzers run.</remarks>
internal static class Reporting
{
    // Set by the package's targets file. Where it is missing, nothing is known and DLC9002 stands alone.
    private const string AnalyzersRunProperty = "build_property.DLCompilerAnalyzersRun";

    /// <summary>Whether the build says that analyzers run.</summary>
    public static bool DoAnalyzersRun(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(AnalyzersRunProperty, out string? value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    public static void Report(
        SourceProductionContext output,
        ImmutableArray<ModelReport> reports,
        ImmutableArray<(string MetadataName, SourceLocation Location)> locations,
        bool analyzersRun)
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
                // Analyzers say it where it is wrong: once is enough.
                string reason = report.FirstError is { } first && !analyzersRun ? ": " + first : "";
                output.ReportDiagnostic(Diagnostic.Create(
                    analyzersRun ? Descriptors.NotCompiledBesideAnalyzers : Descriptors.Of(DiagnosticIds.NotCompiled),
                    location,
                    $"'{report.Name}' has errors ({string.Join(", ", report.Errors)}) and was not compiled{reason}"));
            }
        }
    }
}
