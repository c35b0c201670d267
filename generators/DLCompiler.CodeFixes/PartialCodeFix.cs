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

/// <summary>Makes a model and the types around it partial, in all their declarations, and a record a class (DLC1007).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialCodeFix)), Shared]
public sealed class PartialCodeFix() : RemedyCodeFix(DiagnosticIds.NotPartial)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Class() is not { } type) yield break;
        List<TypeDeclarationSyntax> declarations = [];
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType) declarations.AddRange(finding.Parts(outer));

        bool becomesClass = type.IsRecord;
        yield return new Remedy(
            becomesClass ? $"Make '{type.Name}' a partial class" : $"Make '{type.Name}' partial",
            "MakePartial",
            (session, cancellation) => ApplyAsync(session, declarations, becomesClass ? type.Name : null, cancellation));
    }

    private static async Task ApplyAsync(EditSession session, List<TypeDeclarationSyntax> declarations, string? record, CancellationToken cancellation)
    {
        foreach (TypeDeclarationSyntax declaration in declarations)
        {
            // Two models in one class: the class is claimed once.
            if (!session.Claim(declaration)) continue;
            bool isRecord = declaration is RecordDeclarationSyntax && declaration.Identifier.ValueText == record;
            await session.Change(declaration, current => isRecord ? Class((RecordDeclarationSyntax)Partial(current)) : Partial(current), cancellation)
                .ConfigureAwait(false);
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

    private static ClassDeclarationSyntax Class(RecordDeclarationSyntax record)
    {
        // `record class Net` has both keywords: the second one goes, with the space before it.
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.ClassKeyword).WithTriviaFrom(record.Keyword);
        return SyntaxFactory.ClassDeclaration(
            record.AttributeLists, record.Modifiers, keyword, record.Identifier, record.TypeParameterList, record.ParameterList, record.BaseList,
            record.ConstraintClauses, record.OpenBraceToken, record.Members, record.CloseBraceToken, record.SemicolonToken);
    }
}
