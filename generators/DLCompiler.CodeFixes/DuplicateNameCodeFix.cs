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

namespace DLCompiler.CodeFixes;

/// <summary>Renames a member whose name the emitted code or checkpoints need for something else, and everything that refers to it (DLC1008).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DuplicateNameCodeFix)), Shared]
public sealed class DuplicateNameCodeFix() : RemedyCodeFix(DiagnosticIds.DuplicateName)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (Named(finding) is not { DeclaringSyntaxReferences.IsEmpty: false } symbol || symbol.ContainingType is not { } type) yield break;
        yield return new Remedy(
            $"Rename '{symbol.Name}'",
            "Rename",
            (session, cancellation) =>
            {
                // Of two steps, which may be overloads, one keeps its name.
                bool withOverloads = finding.Fact(DiagnosticProperties.Kind) == "Member";
                session.Rename(symbol, finding.Document.Project, session.Reserve(type, symbol.Name, cancellation), withOverloads);
                return Task.CompletedTask;
            });
    }

    private static ISymbol? Named(Finding finding)
    {
        string? name = finding.Fact(DiagnosticProperties.Name);
        // Of the inputs of Forward it is the one that [Train], where the diagnostic stands, adds a second of.
        if (finding.Fact(DiagnosticProperties.Kind) == "Target")
            return finding.Class() is { } model ? EntryPoints.Forward(model)?.Parameters.FirstOrDefault(parameter => parameter.Name == name) : null;
        SyntaxNode? declaration = finding.Node.AncestorsAndSelf().FirstOrDefault(node =>
            node is VariableDeclaratorSyntax or ParameterSyntax or (MemberDeclarationSyntax and not BaseFieldDeclarationSyntax));
        ISymbol? symbol = declaration is null ? null : finding.Semantics.GetDeclaredSymbol(declaration, finding.Cancellation);
        return symbol is IFieldSymbol or IPropertySymbol or IMethodSymbol or IEventSymbol or IParameterSymbol or INamedTypeSymbol { ContainingType: not null }
            && symbol.Name == name ? symbol : null;
    }
}
