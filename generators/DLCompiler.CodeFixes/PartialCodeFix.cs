using System.Collections.Generic;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Makes a model and the types around it partial, in all their declarations, and a record, or what is local to its file, a class (DLC1007).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialCodeFix)), Shared]
public sealed class PartialCodeFix() : RemedyCodeFix(DiagnosticIds.NotPartial)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        // What is static would be so in every member, too.
        if (finding.Class() is not { IsStatic: false } type) yield break;
        List<TypeDeclarationSyntax> declarations = [];
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType) declarations.AddRange(finding.Parts(outer));

        bool becomesClass = type.IsRecord || type.IsFileLocal;
        yield return new Remedy(
            becomesClass ? $"Make '{type.Name}' a partial class" : $"Make '{type.Name}' partial",
            "MakePartial",
            (session, cancellation) => ApplyAsync(session, declarations, becomesClass ? type.Name : null, cancellation));
    }

    private static async Task ApplyAsync(EditSession session, List<TypeDeclarationSyntax> declarations, string? name, CancellationToken cancellation)
    {
        foreach (TypeDeclarationSyntax declaration in declarations)
        {
            // Two models in one class: the class is claimed once.
            if (!session.Claim(declaration)) continue;
            bool becomesClass = declaration.Identifier.ValueText == name;
            await session.Change(declaration, current => becomesClass ? Class(Partial(current)) : Partial(current), cancellation).ConfigureAwait(false);
        }
    }

    private static TypeDeclarationSyntax Partial(TypeDeclarationSyntax declaration)
    {
        if (declaration.Modifiers.Any(SyntaxKind.PartialKeyword)) return declaration;
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (declaration.Modifiers.Count == 0)
        {
            partial = partial.WithLeadingTrivia(declaration.Keyword.LeadingTrivia);
            declaration = declaration.WithKeyword(declaration.Keyword.WithLeadingTrivia());
        }

        return declaration.WithModifiers(declaration.Modifiers.Add(partial));
    }

    // A class that other files see.
    private static TypeDeclarationSyntax Class(TypeDeclarationSyntax type)
    {
        int file = type.Modifiers.IndexOf(SyntaxKind.FileKeyword);
        if (file >= 0)
        {
            SyntaxTriviaList leading = type.Modifiers[0].LeadingTrivia;
            SyntaxTokenList rest = type.Modifiers.RemoveAt(file);
            type = type.WithModifiers(rest.Replace(rest[0], rest[0].WithLeadingTrivia(leading)));
        }

        if (type is not RecordDeclarationSyntax record) return type;

        // `record class Net` has both keywords: the second one goes, with the space before it.
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.ClassKeyword).WithTriviaFrom(record.Keyword);
        return SyntaxFactory.ClassDeclaration(
            record.AttributeLists, record.Modifiers, keyword, record.Identifier, record.TypeParameterList, record.ParameterList, record.BaseList,
            record.ConstraintClauses, record.OpenBraceToken, record.Members, record.CloseBraceToken, record.SemicolonToken);
    }
}
