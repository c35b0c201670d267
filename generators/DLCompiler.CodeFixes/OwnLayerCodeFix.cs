using System.Collections.Generic;
using System.Composition;
using System.Linq;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Gives a use that doesn't fit the shared weights a layer of its own, created as the shared one is (DLC1018).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OwnLayerCodeFix)), Shared]
public sealed class OwnLayerCodeFix() : RemedyCodeFix(DiagnosticIds.TiedSize)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } receiver } } call
            || !EntryPoints.IsReachedOnce(finding, call)
            || finding.Symbol(receiver) is not IFieldSymbol field
            || Fields.Creation(field, finding.Cancellation) is not { ArgumentList: { } list }
            || finding.Around<TypeDeclarationSyntax>() is not { } declaration || finding.Class() is not { } type) yield break;
        string layer = field.Type.ToMinimalDisplayString(finding.Semantics, call.SpanStart);
        string arguments = list.WithoutTrivia().ToString();
        yield return new Remedy(
            $"Use a second layer here, {field.Type.Name}{arguments}",
            "UseOwnLayer",
            async (session, cancellation) =>
            {
                string name = session.Reserve(type, field.Name + "2", cancellation);
                await session.Change(receiver, current => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current), cancellation).ConfigureAwait(false);
                await session.Change(declaration, current => Fields.Add(current, layer, name, arguments), cancellation).ConfigureAwait(false);
            });
    }
}
