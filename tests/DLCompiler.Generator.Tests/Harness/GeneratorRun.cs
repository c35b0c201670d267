using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DLCompiler.Generator.Tests.Harness;

/// <summary>A run of the generator: what it added, what it reported, and what the compiler says of the whole.</summary>
internal sealed record GeneratorRun(GeneratorDriver Driver, CSharpCompilation Output, ImmutableArray<Diagnostic> Reported)
{
    public static GeneratorRun Of(CSharpCompilation compilation)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            parseOptions: TestCompilation.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return Of(driver, compilation);
    }

    public static GeneratorRun Of(GeneratorDriver driver, CSharpCompilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> reported);
        return new GeneratorRun(driver, (CSharpCompilation)output, reported);
    }

    public static GeneratorRun Of(string text) => Of(TestCompilation.Create(text));

    /// <summary>The generator's steps with the reasons of their outputs.</summary>
    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>A file that was added.</summary>
    public string File(string hintName) => Result.GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();

    /// <summary>What the compiler says of user's and emitted code, warnings included.</summary>
    public ImmutableArray<Diagnostic> Compile() =>
        [.. Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
}
