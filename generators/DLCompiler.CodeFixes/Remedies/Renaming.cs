using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Rename;

namespace DLCompiler.CodeFixes.Remedies;

/// <summary>
/// A member, or a parameter of one, that gets another name with everything that refers to it. It is found by its declaration, whatever was renamed before.
/// </summary>
/// <param name="withOverloads">Whether methods of the same name are renamed with it.</param>
internal sealed class Renaming(ISymbol symbol, ProjectId project, string name, bool withOverloads)
{
    private readonly string? type = DocumentationCommentId.CreateDeclarationId(symbol.ContainingType);
    private readonly string? member = DocumentationCommentId.CreateDeclarationId(symbol is IParameterSymbol ? symbol.ContainingSymbol : symbol);
    private readonly int parameter = symbol is IParameterSymbol { Ordinal: var position } ? position : -1;

    /// <summary>The solution with the new name.</summary>
    /// <param name="isOnly">Whether this is all that is renamed: then an IDE may ask for a better name at once.</param>
    public async Task<Solution> ApplyAsync(Solution solution, bool isOnly, CancellationToken cancellation)
    {
        // Beside an emitted member of the same name the references are ambiguous: they are found where nothing is emitted.
        Solution written = solution;
        foreach (ProjectId id in solution.ProjectIds) written = written.WithProjectAnalyzerReferences(id, []);
        if (Parameter(await FindAsync(written, member, cancellation).ConfigureAwait(false)) is not { } before) return solution;
        var options = new SymbolRenameOptions(RenameOverloads: withOverloads);
        Solution renamed = await Renamer.RenameSymbolAsync(written, before, options, name, cancellation).ConfigureAwait(false);
        if (isOnly && await RenamedAsync(renamed, cancellation).ConfigureAwait(false) is { } after)
            renamed = await AskAsync(renamed, after.Locations[0], cancellation).ConfigureAwait(false);
        foreach (DocumentId id in renamed.GetChanges(written).GetProjectChanges().SelectMany(changes => changes.GetChangedDocuments()))
        {
            if (await renamed.GetDocument(id)!.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { } root)
                solution = solution.WithDocumentSyntaxRoot(id, root);
        }

        return solution;
    }

    private async Task<ISymbol?> RenamedAsync(Solution solution, CancellationToken cancellation) => parameter < 0
        ? (await FindAsync(solution, type, cancellation).ConfigureAwait(false) as INamedTypeSymbol)?.GetMembers(name).FirstOrDefault()
        : Parameter(await FindAsync(solution, member, cancellation).ConfigureAwait(false));

    private ISymbol? Parameter(ISymbol? found) => parameter < 0 ? found : (found as IMethodSymbol)?.Parameters[parameter];

    private async Task<ISymbol?> FindAsync(Solution solution, string? declaration, CancellationToken cancellation)
    {
        Compilation? compilation = await solution.GetProject(project)!.GetCompilationAsync(cancellation).ConfigureAwait(false);
        return compilation is null || declaration is null ? null : DocumentationCommentId.GetSymbolsForDeclarationId(declaration, compilation)
            .FirstOrDefault(found => SymbolEqualityComparer.Default.Equals(found.ContainingAssembly, compilation.Assembly));
    }

    // Marks a declared name, so that an IDE starts to rename there.
    private static async Task<Solution> AskAsync(Solution solution, Location declared, CancellationToken cancellation)
    {
        if (solution.GetDocument(declared.SourceTree) is not { } document) return solution;
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null) return solution;
        SyntaxToken token = root.FindToken(declared.SourceSpan.Start);
        SyntaxNode marked = root.ReplaceToken(token, token.WithAdditionalAnnotations(RenameAnnotation.Create()));
        return document.WithSyntaxRoot(marked).Project.Solution;
    }
}
