using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DLCompiler.Generator.Tests.Harness;

/// <summary>A run of the generator: what it added, what it reported, and what the compiler says of the whole.</summary>
internal sealed record GeneratorRun(GeneratorDriver Driver, CSharpCompilation Output, ImmutableArray<Diagnostic> Reported)
{
    /// <summary>A run.</summary>
    /// <param name="withKernels">Whether kernels are emitted as well, which takes most of the time.</param>
    public static GeneratorRun Of(CSharpCompilation compilation, bool analyzersRun = false, bool withKernels = true)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            parseOptions: TestCompilation.ParseOptions,
            optionsProvider: new BuildProperties(analyzersRun),
            driverOptions: new GeneratorDriverOptions(
                withKernels ? IncrementalGeneratorOutputKind.None : IncrementalGeneratorOutputKind.Implementation, trackIncrementalGeneratorSteps: true));
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

/// <summary>What the package's targets file tells the generator.</summary>
internal sealed class BuildProperties(bool analyzersRun) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(analyzersRun);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Properties(bool analyzersRun) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            value = key == "build_property.DLCompilerAnalyzersRun" && analyzersRun ? "true" : "";
            return value.Length > 0;
        }
    }
}
