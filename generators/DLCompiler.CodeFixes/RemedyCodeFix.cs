using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using DLCompiler.CodeFixes.Remedies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DLCompiler.CodeFixes;

/// <summary>A code fix that knows remedies for findings, one by one or all at once.</summary>
public abstract class RemedyCodeFix : CodeFixProvider
{
    private readonly string[] ids;

    private protected RemedyCodeFix(params string[] ids) => this.ids = ids;

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => [.. ids];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new RemedyFixAll(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await Finding.At(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } finding) continue;
            foreach (Remedy remedy in await FindAsync(finding).ConfigureAwait(false))
            {
                Solution solution = context.Document.Project.Solution;
                context.RegisterCodeFix(
                    CodeAction.Create(
                        remedy.Title,
                        async cancellation =>
                        {
                            var session = new EditSession(solution);
                            await remedy.ApplyAsync(session, cancellation).ConfigureAwait(false);
                            return await session.CompleteAsync(cancellation).ConfigureAwait(false);
                        },
                        remedy.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>The ways to mend a finding; none where a change could be wrong.</summary>
    internal virtual Task<IEnumerable<Remedy>> FindAsync(Finding finding) => Task.FromResult(Find(finding));

    /// <summary>The ways to mend a finding, for code fixes that need no other document to tell.</summary>
    private protected virtual IEnumerable<Remedy> Find(Finding finding) => [];
}
