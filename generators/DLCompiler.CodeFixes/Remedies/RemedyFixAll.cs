using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DLCompiler.CodeFixes.Remedies;

/// <summary>
/// "Fix all" of a document, project or solution: the remedies with the chosen key, in one session. Roslyn's own batch fixer merges separate changes of the
/// text, and drops those that meet: two fields that are added to one class.
/// </summary>
internal sealed class RemedyFixAll(RemedyCodeFix fix) : FixAllProvider
{
    /// <inheritdoc/>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        List<Finding> findings = await FindingsAsync(context).ConfigureAwait(false);
        List<Remedy> remedies = [];
        foreach (Finding finding in findings)
        {
            remedies.AddRange((await fix.FindAsync(finding).ConfigureAwait(false)).Where(remedy => remedy.Key == context.CodeActionEquivalenceKey).Take(1));
        }

        return remedies.Count == 0
            ? null
            : CodeAction.Create(Title(context), cancellation => ApplyAsync(context.Solution, remedies, cancellation), context.CodeActionEquivalenceKey);
    }

    // One remedy's own title may name a size that others don't have.
    private static string Title(FixAllContext context)
    {
        string scope = context.Scope switch
        {
            FixAllScope.Document => "document",
            FixAllScope.Project => "project",
            _ => "solution",
        };
        return $"Fix all of {string.Join(", ", context.DiagnosticIds.OrderBy(id => id, StringComparer.Ordinal))} in the {scope}";
    }

    private static async Task<Solution> ApplyAsync(Solution solution, List<Remedy> remedies, CancellationToken cancellation)
    {
        var session = new EditSession(solution);
        foreach (Remedy remedy in remedies) await remedy.ApplyAsync(session, cancellation).ConfigureAwait(false);
        return await session.CompleteAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<List<Finding>> FindingsAsync(FixAllContext context)
    {
        IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
        List<Finding> findings = [];
        foreach (Project project in projects.Where(project => project.Language == context.Project.Language))
        {
            ImmutableArray<Diagnostic> diagnostics = context is { Scope: FixAllScope.Document, Document: { } only }
                ? await context.GetDocumentDiagnosticsAsync(only).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            foreach (Diagnostic diagnostic in diagnostics
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                if (project.GetDocument(diagnostic.Location.SourceTree) is { } document
                    && await Finding.At(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } finding) findings.Add(finding);
            }
        }

        return findings;
    }
}
