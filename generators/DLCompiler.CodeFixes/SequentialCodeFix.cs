using System.Collections.Generic;
using System.Composition;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Derives a class with layer attributes from <c>Sequential</c> (DLC1019).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SequentialCodeFix)), Shared]
public sealed class SequentialCodeFix() : RemedyCodeFix(DiagnosticIds.EntryPoint)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Around<AttributeSyntax>() is not { } attribute || !LibraryTypes.Derives(finding.Type(attribute), LibraryTypes.LayerAttribute)
            || finding.Around<ClassDeclarationSyntax>() is not { } declaration
            || finding.Class() is not { BaseType.SpecialType: SpecialType.System_Object } type) yield break;
        string sequential = LibraryTypes.Written("Sequential", finding.Semantics, declaration.Identifier.SpanStart);
        yield return new Remedy(
            $"Derive '{type.Name}' from Sequential",
            "DeriveFromSequential",
            (session, cancellation) => session.Change(declaration, current => Derived(current, sequential), cancellation));
    }

    private static ClassDeclarationSyntax Derived(ClassDeclarationSyntax declaration, string sequential)
    {
        SimpleBaseTypeSyntax parent = SyntaxFactory.SimpleBaseType(SyntaxFactory.ParseTypeName(sequential));
        // Interfaces stand behind the base class.
        if (declaration.BaseList is { } list)
        {
            BaseTypeSyntax first = list.Types[0];
            SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
            SyntaxNodeOrTokenList types = list.Types.GetWithSeparators().InsertRange(0, [parent.WithLeadingTrivia(first.GetLeadingTrivia()), comma]);
            return declaration.WithBaseList(list.WithTypes(SyntaxFactory.SeparatedList<BaseTypeSyntax>(types)));
        }

        SyntaxToken before = declaration.ParameterList?.CloseParenToken ?? declaration.TypeParameterList?.GreaterThanToken ?? declaration.Identifier;
        BaseListSyntax added = SyntaxFactory.BaseList(SyntaxFactory.SingletonSeparatedList<BaseTypeSyntax>(parent))
            .WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(before.TrailingTrivia);
        return declaration.ReplaceToken(before, before.WithTrailingTrivia()).WithBaseList(added);
    }
}
