using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>A solution as an IDE holds it: the generator is one of its projects' analyzers, so that what it emits is in their compilations.</summary>
internal sealed class FixSolution : IDisposable
{
    private static readonly AnalyzerFileReference package = new(typeof(ModelGenerator).Assembly.Location, new LoadedGenerator());
    private readonly AdhocWorkspace workspace = new();

    /// <summary>A solution of projects, each with its files; each project refers to those before it.</summary>
    public FixSolution(params (string Path, string Text)[][] projects)
    {
        CSharpCompilation model = TestCompilation.Create("");
        Solution solution = workspace.CurrentSolution;
        List<ProjectId> known = [];
        foreach ((string Path, string Text)[] files in projects)
        {
            var id = ProjectId.CreateNewId();
            string name = $"Project{known.Count}";
            solution = solution
                .AddProject(ProjectInfo.Create(
                    id, VersionStamp.Default, name, name, LanguageNames.CSharp,
                    compilationOptions: model.Options.WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]),
                    parseOptions: TestCompilation.ParseOptions,
                    metadataReferences: model.References,
                    projectReferences: known.Select(other => new ProjectReference(other))))
                .AddAnalyzerReference(id, package);
            foreach ((string path, string text) in files) solution = solution.AddDocument(DocumentId.CreateNewId(id), path, text, filePath: $"/{name}/{path}");
            known.Add(id);
        }

        Start = solution;
    }

    /// <summary>The solution as the user wrote it.</summary>
    public Solution Start { get; }

    /// <summary>What the analyzers say of a project, in order of the text.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers(package.GetAnalyzers(LanguageNames.CSharp)).GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>The text of every file.</summary>
    public static async Task<string[]> TextsAsync(Solution solution)
    {
        List<string> texts = [];
        foreach (Document document in solution.Projects.SelectMany(project => project.Documents)) texts.Add((await document.GetTextAsync()).ToString());
        return [.. texts];
    }

    /// <summary>Checks that the analyzers say no more than what is left on purpose, and that what they don't object to compiles without a warning.</summary>
    public static async Task CheckAsync(Solution solution, params string[] left)
    {
        List<string> found = [];
        foreach (Project project in solution.Projects)
        {
            found.AddRange((await FindAsync(project)).Select(diagnostic => diagnostic.Id));
            // What is emitted is compiled by other tests.
            foreach (Document document in project.Documents)
            {
                SemanticModel semantics = (await document.GetSemanticModelAsync())!;
                Assert.Empty(semantics.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
            }
        }

        Assert.Equal(left, found);
    }

    public void Dispose() => workspace.Dispose();

    // The assembly that is tested, wherever a workspace asks for it.
    private sealed class LoadedGenerator : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => typeof(ModelGenerator).Assembly;
    }
}
