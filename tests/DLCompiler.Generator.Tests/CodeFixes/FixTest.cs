using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>Asks a code fix, as an IDE does, and compares whole texts.</summary>
internal static class FixTest
{
    /// <summary>What a code fix offers for the first finding that it is for.</summary>
    public static async Task<IReadOnlyList<CodeAction>> OffersAsync(CodeFixProvider fix, Solution solution)
    {
        foreach (Project project in solution.Projects)
        {
            foreach (Diagnostic diagnostic in await FixSolution.FindAsync(project))
            {
                if (!fix.FixableDiagnosticIds.Contains(diagnostic.Id)) continue;
                List<CodeAction> offers = [];
                Document document = project.GetDocument(diagnostic.Location.SourceTree)!;
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offers.Add(action), CancellationToken.None));
                if (offers.Count > 0) return offers;
            }
        }

        return [];
    }

    /// <summary>The titles of what a code fix offers for a file.</summary>
    public static async Task<IEnumerable<string>> TitlesAsync(CodeFixProvider fix, string text)
    {
        using var solution = new FixSolution([("Test.cs", text)]);
        return (await OffersAsync(fix, solution.Start)).Select(action => action.Title);
    }

    /// <summary>Checks that the offer of a key makes one text of another, which then has no diagnostics but those that are named, and compiles.</summary>
    public static async Task ChangesAsync(CodeFixProvider fix, string key, string before, string after, params string[] left)
    {
        using var solution = new FixSolution([("Test.cs", before)]);
        await ChangesAsync(fix, key, solution, [after], left);
    }

    /// <inheritdoc cref="ChangesAsync(CodeFixProvider, string, string, string, string[])"/>
    public static async Task ChangesAsync(CodeFixProvider fix, string key, FixSolution solution, string[] after, params string[] left)
    {
        CodeAction action = Assert.Single(await OffersAsync(fix, solution.Start), action => action.EquivalenceKey == key);
        Solution changed = await ChangedAsync(action);
        Assert.Equal(Joined(after), Joined(await FixSolution.TextsAsync(changed)));
        await FixSolution.CheckAsync(changed, left);
    }

    /// <summary>The same for "Fix all" of a scope, asked for in the first document.</summary>
    public static async Task ChangesAllAsync(CodeFixProvider fix, string key, FixAllScope scope, FixSolution solution, string[] after, params string[] left)
    {
        Document first = solution.Start.Projects.First().Documents.First();
        var context = new FixAllContext(first, fix, scope, key, fix.FixableDiagnosticIds, new Findings(), CancellationToken.None);
        CodeAction action = Assert.IsAssignableFrom<CodeAction>(await fix.GetFixAllProvider()!.GetFixAsync(context));
        Solution changed = await ChangedAsync(action);
        Assert.Equal(Joined(after), Joined(await FixSolution.TextsAsync(changed)));
        await FixSolution.CheckAsync(changed, left);
    }

    // One text, so that a failure shows where they differ.
    private static string Joined(string[] texts) => string.Join("\n----\n", texts);

    /// <summary>The solution after an offer was taken.</summary>
    public static async Task<Solution> ChangedAsync(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private sealed class Findings : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await FixSolution.FindAsync(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await FixSolution.FindAsync(document.Project)).Where(diagnostic => document.Project.GetDocument(diagnostic.Location.SourceTree) == document);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(ImmutableArray<Diagnostic>.Empty);
    }
}
