using System.Collections.Generic;
using System.Composition;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Writes the one size of a reshape that makes the elements as many as they are, or has it inferred (DLC1013).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReshapeCodeFix)), Shared]
public sealed class ReshapeCodeFix() : RemedyCodeFix(DiagnosticIds.ReshapeCount)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Number(DiagnosticProperties.RightSize) is not { } size || finding.Number(DiagnosticProperties.Element) is not { } element) yield break;
        ExpressionSyntax? wrong = finding.Node switch
        {
            InvocationExpressionSyntax { ArgumentList.Arguments: var sizes } call when finding.IsTensor(call) && element < sizes.Count =>
                sizes[element].Expression,
            AttributeSyntax { ArgumentList.Arguments: var sizes } when element < sizes.Count => sizes[element].Expression,
            _ => null,
        };
        if (wrong is null) yield break;
        yield return Writing(wrong, size, $"Use {Numbers.Text(size)} instead of {wrong}", "UseRightSize");
        yield return Writing(wrong, -1, $"Infer {wrong} with -1", "InferSize");
    }

    private static Remedy Writing(ExpressionSyntax wrong, int size, string title, string key) => new(
        title, key, (session, cancellation) => session.Change(wrong, current => Numbers.Literal(size).WithTriviaFrom(current), cancellation));
}
