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

/// <summary>Flattens images before a dense layer (DLC3005).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FlattenCodeFix)), Shared]
public sealed class FlattenCodeFix() : RemedyCodeFix(DiagnosticIds.DenseOnImages)
{
    private const string Title = "Flatten the images", Key = "Flatten";

    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Node is ExpressionSyntax images && finding.IsTensor(images))
        {
            yield return new Remedy(Title, Key, (session, cancellation) =>
                session.Change(images, current => Expressions.Call(current, "Flatten()"), cancellation));
        }
        else if (finding.Around<AttributeSyntax>() is { Parent: AttributeListSyntax list } dense && LibraryTypes.Is(finding.Type(dense), "DenseAttribute"))
        {
            string name = LibraryTypes.Written("FlattenAttribute", finding.Semantics, dense.SpanStart);
            int position = list.Attributes.IndexOf(dense);
            yield return new Remedy(Title, Key, (session, cancellation) => session.Change(
                list, current => Attributes.Insert(current, position, SyntaxFactory.Attribute(SyntaxFactory.ParseName(name))), cancellation));
        }
    }
}
