using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DLCompiler.Generator.Tests.Harness;

/// <summary>Compilations in memory, as strict as a user's strictest project.</summary>
internal static class TestCompilation
{
    private static readonly ImmutableArray<MetadataReference> references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Tensor).Assembly.Location),
    ];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    /// <summary>A compilation of the given files: <c>using</c> directives for the library are added by the caller's text.</summary>
    public static CSharpCompilation Create(IEnumerable<(string Path, string Text)> files, OutputKind kind = OutputKind.DynamicallyLinkedLibrary,
        string name = "Tests", params MetadataReference[] more) =>
        CSharpCompilation.Create(
            name,
            files.Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path)),
            [.. references, .. more],
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999,
                generalDiagnosticOption: ReportDiagnostic.Error)
                .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Error)]));

    public static CSharpCompilation Create(string text) => Create([("Test.cs", text)]);
}
