using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.Generator;
using DLCompiler.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DLCompiler.EditLatency;

/// <summary>
/// A project in memory as an editor's workspace holds it: the compilation of the user's files, the generator's driver with what it remembers, and the
/// compilation with the emitted files, of which those that are emitted unchanged keep their syntax.
/// </summary>
internal sealed class EditedProject
{
    private static readonly CSharpParseOptions parseOptions = new(LanguageVersion.CSharp13);
    private static readonly ImmutableArray<DiagnosticAnalyzer> analyzers = [new ModelAnalyzer(), new ClassRuleAnalyzer(), new EagerCallAnalyzer(), new NoModelAnalyzer()];

    private readonly Dictionary<string, SourceText> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SyntaxTree> emitted = new(StringComparer.Ordinal);
    private CSharpCompilation compilation;
    private GeneratorDriver driver;
    private CSharpCompilation output;

    /// <summary>Opens a project.</summary>
    /// <param name="files">Names and texts of its files.</param>
    public EditedProject(params ReadOnlySpan<(string Name, string Text)> files)
    {
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var trees = new SyntaxTree[files.Length];
        for (int i = 0; i < files.Length; i++) trees[i] = CSharpSyntaxTree.ParseText(files[i].Text, parseOptions, files[i].Name);
        compilation = CSharpCompilation.Create(
            "App", trees,
            platform.Where(path => Path.GetFileName(path) is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "DLCompiler.dll"))
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        output = compilation;
        // Without the tracking of steps that tests use: it takes longer than everything else where nothing is to be done.
        driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: parseOptions);
    }

    /// <summary>The compilation of the user's and the emitted files.</summary>
    public Compilation Output => output;

    /// <summary>The compilation of the user's files.</summary>
    public CSharpCompilation Source => compilation;

    /// <summary>The emitted text's length and lines.</summary>
    public (long Characters, long Lines) Emitted
    {
        get
        {
            ImmutableArray<GeneratedSourceResult> sources = driver.GetRunResult().Results.Single().GeneratedSources;
            return (sources.Sum(source => (long)source.SourceText.Length), sources.Sum(source => (long)source.SourceText.Lines.Count));
        }
    }

    /// <summary>How many models' kernels the last run emitted anew.</summary>
    public int Recompiled { get; private set; }

    /// <summary>Changes a file as an editor does: the unchanged part of its syntax is kept.</summary>
    public void Edit(string name, Func<string, string> edit)
    {
        SyntaxTree old = compilation.SyntaxTrees.Single(tree => tree.FilePath == name);
        string before = old.GetText().ToString(), after = edit(before);
        int start = before.AsSpan().CommonPrefixLength(after);
        int end = 0;
        while (end < Math.Min(before.Length, after.Length) - start && before[^(end + 1)] == after[^(end + 1)]) end++;
        var change = new TextChange(TextSpan.FromBounds(start, before.Length - end), after[start..(after.Length - end)]);
        SyntaxTree changed = old.WithChangedText(old.GetText().WithChanges(change));
        compilation = compilation.ReplaceSyntaxTree(old, changed);
        output = output.ReplaceSyntaxTree(old, changed);
    }

    /// <summary>Runs the generator, and takes over the files that it emitted anew.</summary>
    public void Generate()
    {
        driver = driver.RunGenerators(compilation);
        ImmutableArray<GeneratedSourceResult> sources = driver.GetRunResult().Results.Single().GeneratedSources;
        Recompiled = 0;
        foreach (GeneratedSourceResult source in sources)
        {
            // What is not emitted anew is the same object.
            if (!texts.TryGetValue(source.HintName, out SourceText? text) || text != source.SourceText)
            {
                texts[source.HintName] = source.SourceText;
                if (source.HintName.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)) Recompiled++;
            }

            if (!emitted.TryGetValue(source.HintName, out SyntaxTree? old))
            {
                output = output.AddSyntaxTrees(emitted[source.HintName] = source.SyntaxTree);
            }
            else if (!old.GetText().ContentEquals(source.SourceText))
            {
                output = output.ReplaceSyntaxTree(old, emitted[source.HintName] = source.SyntaxTree);
            }
        }

        HashSet<string> names = [.. sources.Select(source => source.HintName)];
        foreach (string gone in emitted.Keys.Where(name => !names.Contains(name)).ToList())
        {
            output = output.RemoveSyntaxTrees(emitted[gone]);
            texts.Remove(gone);
            emitted.Remove(gone);
        }
    }

    /// <summary>Runs the analyzers on one file, as an editor does for the file that is open.</summary>
    public async Task<int> Analyze(string name)
    {
        SyntaxTree tree = output.SyntaxTrees.Single(tree => tree.FilePath == name);
        CompilationWithAnalyzers run = output.WithAnalyzers(analyzers);
        return (await run.GetAnalyzerSemanticDiagnosticsAsync(output.GetSemanticModel(tree), null, CancellationToken.None)).Length;
    }

    /// <summary>Runs the analyzers on everything, as a build does: the milliseconds that they took themselves, without the compiler's own work.</summary>
    public async Task<double> AnalyzeAll()
    {
        CompilationWithAnalyzers run = output.WithAnalyzers(
            analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: true));
        AnalysisResult result = await run.GetAnalysisResultAsync(CancellationToken.None);
        return result.AnalyzerTelemetryInfo.Values.Sum(telemetry => telemetry.ExecutionTime.TotalMilliseconds);
    }
}
