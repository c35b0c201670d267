using System.Collections.Generic;
using System.Composition;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Joins tensors along the one axis in which they differ (DLC1014).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConcatAxisCodeFix)), Shared]
public sealed class ConcatAxisCodeFix() : RemedyCodeFix(DiagnosticIds.Concat)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Number(DiagnosticProperties.RightSize) is not { } axis) yield break;
        foreach (SyntaxNode outer in finding.Node.AncestorsAndSelf())
        {
            if (outer is not ArgumentListSyntax list || Parameters.Called(finding, list) is not { Name: "Concat" } called
                || Parameters.Find(list, "axis", called) is not { } argument) continue;
            yield return new Remedy(
                $"Join along axis {Numbers.Text(axis)}",
                "UseFittingAxis",
                (session, cancellation) => session.Change(argument.Expression, current => Numbers.Literal(axis).WithTriviaFrom(current), cancellation));
            yield break;
        }
    }
}
