using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DLCompiler.Ide.Tests;

/// <summary>
/// What an editor does with a project: the same services of Roslyn that Visual Studio and Visual Studio Code's language server call. Typing gives another
/// editor; the files on the disk stay as they are.
/// </summary>
/// <param name="project">The project with what was typed so far.</param>
internal sealed class Editor(Project project)
{
    // The SDK's own analyzers would find other things.
    private IEnumerable<AnalyzerReference> Package =>
        project.AnalyzerReferences.Where(reference => Path.GetFileName(reference.FullPath!).StartsWith("DLCompiler.", StringComparison.Ordinal));

    /// <summary>The files of the package that run in the editor.</summary>
    public IEnumerable<string> PackageFiles => Package.Select(reference => reference.FullPath!);

    /// <summary>Types one text over another, which occurs once in the file.</summary>
    public async Task<Editor> TypeAsync(string file, string before, string after)
    {
        Document document = Find(file);
        SourceText text = await document.GetTextAsync();
        return new Editor(document.WithText(text.WithChanges(new TextChange(Span(text, before), after))).Project);
    }

    /// <summary>Adds a file.</summary>
    public Editor AddFile(string name, string text) =>
        new(project.AddDocument(name, SourceText.From(text), filePath: PathOf(name)).Project);

    /// <summary>Adds an <c>.editorconfig</c>.</summary>
    public Editor AddConfiguration(string text)
    {
        Solution solution = project.Solution.AddAnalyzerConfigDocument(
            DocumentId.CreateNewId(project.Id), ".editorconfig", SourceText.From(text), filePath: PathOf(".editorconfig"));
        return new Editor(solution.GetProject(project.Id)!);
    }

    /// <summary>A file's text.</summary>
    public async Task<string> TextAsync(string file) => (await Find(file).GetTextAsync()).ToString();

    /// <summary>What is underlined in a file that is open: what the compiler and the package's analyzers say of it.</summary>
    public async Task<IReadOnlyList<Diagnostic>> ProblemsAsync(string file)
    {
        SemanticModel semantics = (await Find(file).GetSemanticModelAsync())!;
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. Package.SelectMany(reference => reference.GetAnalyzers(LanguageNames.CSharp))];
        CompilationWithAnalyzers analysis = semantics.Compilation.WithAnalyzers(analyzers, project.AnalyzerOptions);
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerSemanticDiagnosticsAsync(semantics, filterSpan: null, CancellationToken.None);
        return
        [
            .. semantics.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Concat(found)
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }

    /// <summary>What the generator says when it runs.</summary>
    public async Task<IReadOnlyList<Diagnostic>> GeneratorProblemsAsync()
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        foreach (SourceGeneratedDocument emitted in await project.GetSourceGeneratedDocumentsAsync())
            compilation = compilation.RemoveSyntaxTrees((await emitted.GetSyntaxTreeAsync())!);
        return CSharpGeneratorDriver.Create(
                Package.SelectMany(reference => reference.GetGenerators(LanguageNames.CSharp)),
                parseOptions: (CSharpParseOptions)project.ParseOptions!,
                optionsProvider: project.AnalyzerOptions.AnalyzerConfigOptionsProvider)
            .RunGenerators(compilation).GetRunResult().Diagnostics;
    }

    /// <summary>The light bulb at a problem: each offer, with the editor after it is taken.</summary>
    public async Task<IReadOnlyList<(string Title, Editor After)>> FixesAsync(Diagnostic problem)
    {
        Document document = project.GetDocument(problem.Location.SourceTree)!;
        List<CodeAction> offers = [];
        foreach (CodeFixProvider fix in Fixes().Where(fix => fix.FixableDiagnosticIds.Contains(problem.Id)))
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, problem, (action, _) => offers.Add(action), CancellationToken.None));
        List<(string, Editor)> taken = [];
        foreach (CodeAction offer in offers)
        {
            ApplyChangesOperation change = (await offer.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
            taken.Add((offer.Title, new Editor(change.ChangedSolution.GetProject(project.Id)!)));
        }

        return taken;
    }

    /// <summary>What a tooltip shows at <c>$$</c> in a text that occurs once in the file.</summary>
    public async Task<string> HoverAsync(string file, string at)
    {
        Document document = Find(file);
        QuickInfoItem? item = await QuickInfoService.GetService(document)!.GetQuickInfoAsync(document, await PositionAsync(document, at));
        return item is null ? "" : string.Join("\n\n", item.Sections.Select(section => section.Text.ReplaceLineEndings("\n").Trim('\n')));
    }

    /// <summary>What the completion list offers at <c>$$</c> in a text that occurs once in the file.</summary>
    public async Task<IReadOnlyList<string>> CompletionsAsync(string file, string at)
    {
        Document document = Find(file);
        CompletionList list = await CompletionService.GetService(document)!.GetCompletionsAsync(document, await PositionAsync(document, at));
        return [.. list.ItemsList.Select(item => item.DisplayText)];
    }

    /// <summary>The file and line where what stands at <c>$$</c> is defined, and whether the file is an emitted one.</summary>
    public async Task<(string File, string Line, bool IsEmitted)> DefinitionAsync(string file, string at)
    {
        Document document = Find(file);
        SyntaxNode root = (await document.GetSyntaxRootAsync())!;
        SyntaxNode node = root.FindToken(await PositionAsync(document, at)).Parent!;
        ISymbol symbol = (await document.GetSemanticModelAsync())!.GetSymbolInfo(node).Symbol!;
        Location definition = symbol.Locations.Single();
        Document found = project.Solution.GetDocument(definition.SourceTree)!;
        TextLine line = (await found.GetTextAsync()).Lines.GetLineFromPosition(definition.SourceSpan.Start);
        return (found.Name, line.ToString().Trim(), found is SourceGeneratedDocument);
    }

    /// <summary>The emitted files, as the solution explorer lists them.</summary>
    public async Task<IReadOnlyList<string>> EmittedFilesAsync() =>
        [.. (await project.GetSourceGeneratedDocumentsAsync()).Select(emitted => emitted.HintName).Order(StringComparer.Ordinal)];

    // As editors find the code fixes of a project's packages: by the attribute, in the files of its analyzers.
    private IEnumerable<CodeFixProvider> Fixes() => Package.OfType<AnalyzerFileReference>()
        .SelectMany(reference => reference.GetAssembly().GetTypes())
        .Where(type => type.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!);

    private Document Find(string file) => project.Documents.Single(document => document.Name == file);

    private string PathOf(string name) => Path.Combine(Path.GetDirectoryName(project.FilePath)!, name);

    private static async Task<int> PositionAsync(Document document, string at)
    {
        int mark = at.IndexOf("$$", StringComparison.Ordinal);
        return Span(await document.GetTextAsync(), at.Remove(mark, 2)).Start + mark;
    }

    private static TextSpan Span(SourceText text, string part)
    {
        string all = text.ToString();
        int start = all.IndexOf(part, StringComparison.Ordinal);
        Assert.True(start >= 0 && all.IndexOf(part, start + 1, StringComparison.Ordinal) < 0, $"'{part}' does not occur once");
        return new TextSpan(start, part.Length);
    }
}
