using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using DiagnosticSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace DLCompiler.Generator.Tests.Gallery;

/// <summary>All that is said of a text by anybody: the C# compiler (errors and warnings), the analyzers, and the generator.</summary>
/// <param name="Text">The text.</param>
/// <param name="FromCSharp">What the C# compiler says, of the user's text and of what is emitted for it.</param>
/// <param name="FromAnalyzers">What DLCompiler says, without DLC9002: that repeats what is said already, where nothing can suppress it.</param>
internal sealed record Verdict(string Text, ImmutableArray<Diagnostic> FromCSharp, ImmutableArray<Diagnostic> FromAnalyzers)
{
    // The directives that a new project has, and the library's.
    private const string Usings =
        "global using System;\nglobal using System.Collections.Generic;\nglobal using System.IO;\nglobal using System.Linq;\nglobal using DLCompiler;\n";

    /// <summary>Errors of C#.</summary>
    public ImmutableArray<Diagnostic> CSharpErrors => [.. FromCSharp.Where(found => found.DefaultSeverity == DiagnosticSeverity.Error)];

    /// <summary>Everything that is said, by place.</summary>
    public ImmutableArray<Diagnostic> All => [.. FromCSharp.Concat(FromAnalyzers).OrderBy(found => found.Location.SourceSpan.Start)];

    public static async Task<Verdict> Of(string text)
    {
        CSharpCompilation compilation = Compilation([("Net.cs", text)]);
        GeneratorRun run = GeneratorRun.Of(compilation, withKernels: false);
        ImmutableArray<Diagnostic> fromCSharp = run.Compile();
        ImmutableArray<Diagnostic> fromAnalyzers = [.. (await AnalyzerRun.Of(run)).Concat(run.Reported).Where(found => found.Id != DiagnosticIds.NotCompiled)];
        return new Verdict(text, fromCSharp, fromAnalyzers);
    }

    /// <summary>Files as an ordinary project compiles them.</summary>
    public static CSharpCompilation Compilation(IEnumerable<(string Path, string Text)> files) =>
        TestCompilation.Create(files.Prepend(("Usings.cs", Usings)))
            .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
                .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]));

    /// <summary>A finding as the build prints it, with the line and what an editor underlines in it.</summary>
    public static string Quote(Diagnostic found)
    {
        FileLinePositionSpan place = found.Location.GetLineSpan();
        string line = found.Location.SourceTree!.GetText().Lines[place.StartLinePosition.Line].ToString();
        int start = place.StartLinePosition.Character;
        int end = place.EndLinePosition.Line == place.StartLinePosition.Line ? place.EndLinePosition.Character : line.Length;
        string underline = new string(' ', start) + new string('^', Math.Max(1, end - start));
        int indentation = line.Length - line.TrimStart().Length;
        string kind = found.DefaultSeverity == DiagnosticSeverity.Error ? "error" : "warning";
        return string.Create(CultureInfo.InvariantCulture, $"{place.Path}({place.StartLinePosition.Line + 1},{start + 1}): {kind} {found.Id}: ")
            + $"{found.GetMessage(CultureInfo.InvariantCulture)}\n\n    {line[indentation..]}\n    {underline[indentation..]}";
    }
}
