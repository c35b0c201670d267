using System.Collections.Generic;
using System.Composition;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Transposes the operand of a matrix product whose columns stand where its rows should (DLC1015).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TransposeCodeFix)), Shared]
public sealed class TransposeCodeFix() : RemedyCodeFix(DiagnosticIds.MatMul)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Fact(DiagnosticProperties.Call) is not { } call
            || finding.Node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } product
            || product.ArgumentList.Arguments.Count != 1) yield break;
        ExpressionSyntax operand = finding.Fact(DiagnosticProperties.Operand) == "left" ? access.Expression : product.ArgumentList.Arguments[0].Expression;
        if (!finding.IsTensor(operand)) yield break;
        yield return new Remedy(
            $"Transpose '{operand}'",
            "Transpose",
            (session, cancellation) => session.Change(operand, current => Expressions.Call(current, call), cancellation));
    }
}
