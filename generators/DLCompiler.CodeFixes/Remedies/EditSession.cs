using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace DLCompiler.CodeFixes.Remedies;

/// <summary>The changes of one code action, over as many documents as it takes: of one remedy, or of all that "Fix all" asks for.</summary>
internal sealed class EditSession(Solution solution)
{
    private readonly SolutionEditor editor = new(solution);
    private readonly HashSet<SyntaxNode> claimed = [];
    // By symbol: two projects may have a class of one name, or share its file.
    private readonly Dictionary<INamedTypeSymbol, HashSet<string>> reserved = new(SymbolEqualityComparer.Default);
    private readonly List<Renaming> renamings = [];

    /// <summary>Claims a node to change: false where a remedy of the session has it already.</summary>
    public bool Claim(SyntaxNode node) => claimed.Add(node);

    /// <summary>Whether a remedy of the session changes a node.</summary>
    public bool IsClaimed(SyntaxNode node) => claimed.Contains(node);

    /// <summary>Has a node changed when the session ends. What it became by then through earlier changes is given to the change.</summary>
    public async Task Change<T>(T node, Func<T, SyntaxNode> change, CancellationToken cancellation)
        where T : SyntaxNode
    {
        if (await EditorOf(node, cancellation).ConfigureAwait(false) is { } document) document.ReplaceNode(node, (current, _) => change((T)current));
    }

    /// <summary>Adds a declaration after another.</summary>
    public async Task InsertAfter(SyntaxNode declaration, SyntaxNode added, CancellationToken cancellation)
    {
        if (await EditorOf(declaration, cancellation).ConfigureAwait(false) is { } document) document.InsertAfter(declaration, added);
    }

    /// <summary>Keeps a name for a new member of a type: a stem, with a number where the stem is taken.</summary>
    public string Reserve(INamedTypeSymbol type, string stem, CancellationToken cancellation)
    {
        if (!reserved.TryGetValue(type, out HashSet<string>? taken)) reserved.Add(type, taken = MemberNames.Of(type, cancellation));
        string name = stem;
        for (int number = 1; !taken.Add(name); number++) name = MemberNames.Numbered(stem, number);
        return name;
    }

    /// <summary>Has a symbol renamed, wherever it is used, after all other changes.</summary>
    /// <param name="withOverloads">Whether methods of the same name are renamed with it.</param>
    public void Rename(ISymbol symbol, Project project, string name, bool withOverloads) =>
        renamings.Add(new Renaming(symbol, project.Id, name, withOverloads));

    /// <summary>The solution with all changes.</summary>
    public async Task<Solution> CompleteAsync(CancellationToken cancellation)
    {
        Solution changed = editor.GetChangedSolution();
        foreach (Renaming renaming in renamings)
            changed = await renaming.ApplyAsync(changed, isOnly: renamings.Count == 1, cancellation).ConfigureAwait(false);
        return changed;
    }

    // Null for files that nobody edits: emitted ones.
    private async Task<DocumentEditor?> EditorOf(SyntaxNode node, CancellationToken cancellation) =>
        solution.GetDocument(node.SyntaxTree) is { } document and not SourceGeneratedDocument
            ? await editor.GetDocumentEditorAsync(document.Id, cancellation).ConfigureAwait(false)
            : null;
}
