using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace DLCompiler.CodeFixes;

/// <summary>Removes a layer that nothing passes through, with the comments that are about it (DLC3001).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnusedLayerCodeFix)), Shared]
public sealed class UnusedLayerCodeFix() : RemedyCodeFix(DiagnosticIds.UnusedField)
{
    /// <inheritdoc/>
    internal override async Task<IEnumerable<Remedy>> FindAsync(Finding finding)
    {
        if (finding.Around<MemberDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax type } member) return [];
        var variable = finding.Node as VariableDeclaratorSyntax;
        if (finding.Semantics.GetDeclaredSymbol((SyntaxNode?)variable ?? member, finding.Cancellation) is not { } layer) return [];

        // Code that is never reached may name it all the same, and would no longer compile. What is emitted follows.
        Solution solution = finding.Document.Project.Solution;
        IEnumerable<ReferencedSymbol> references = await SymbolFinder.FindReferencesAsync(layer, solution, finding.Cancellation).ConfigureAwait(false);
        if (references.SelectMany(reference => reference.Locations).Any(place => place.Document is not SourceGeneratedDocument)) return [];
        return
        [
            new Remedy(
                $"Remove '{layer.Name}'",
                "RemoveUnusedLayer",
                (session, cancellation) => session.Change(type, current => MemberRemoval.Remove(current, layer.Name), cancellation)),
        ];
    }
}
