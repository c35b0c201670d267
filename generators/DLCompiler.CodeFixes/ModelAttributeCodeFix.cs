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

/// <summary>Makes a class with layers or training a model (DLC3007).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModelAttributeCodeFix)), Shared]
public sealed class ModelAttributeCodeFix() : RemedyCodeFix(DiagnosticIds.NoModel)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        // A block can't be one.
        if (finding.Around<ClassDeclarationSyntax>() is not { } declaration || finding.Class() is not { } type
            || LibraryTypes.HasAttribute(type, "BlockAttribute")) yield break;
        AttributeSyntax model = SyntaxFactory.Attribute(
            SyntaxFactory.ParseName(LibraryTypes.Written("ModelAttribute", finding.Semantics, declaration.SpanStart)));
        yield return new Remedy(
            $"Make '{type.Name}' a [Model]",
            "AddModel",
            async (session, cancellation) =>
            {
                if (session.Claim(declaration)) await session.Change(declaration, current => With(current, model), cancellation).ConfigureAwait(false);
            });
    }

    private static ClassDeclarationSyntax With(ClassDeclarationSyntax type, AttributeSyntax model)
    {
        if (type.AttributeLists.Count > 0)
            return type.ReplaceNode(type.AttributeLists[0], Attributes.Insert(type.AttributeLists[0], 0, model));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(model)).WithTrailingTrivia(SyntaxFactory.Space);
        return type.WithoutLeadingTrivia().WithAttributeLists(SyntaxFactory.SingletonList(list)).WithLeadingTrivia(type.GetLeadingTrivia());
    }
}
