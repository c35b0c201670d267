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

/// <summary>Assigns the result of an operation to the variable that it is made from (DLC3004).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DroppedResultCodeFix)), Shared]
public sealed class DroppedResultCodeFix() : RemedyCodeFix(DiagnosticIds.DroppedResult)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Around<ExpressionStatementSyntax>() is not { Expression: InvocationExpressionSyntax call } || Source(finding, call) is not { } variable)
            yield break;
        yield return new Remedy(
            $"Assign it to '{variable}'",
            "AssignResult",
            (session, cancellation) => session.Change(call, current => Assigned(current, variable), cancellation));
    }

    private static AssignmentExpressionSyntax Assigned(InvocationExpressionSyntax call, string variable) => SyntaxFactory.AssignmentExpression(
        SyntaxKind.SimpleAssignmentExpression,
        SyntaxFactory.IdentifierName(variable).WithTrailingTrivia(SyntaxFactory.Space),
        SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
        call.WithoutLeadingTrivia()).WithLeadingTrivia(call.GetLeadingTrivia());

    // The variable at the start of a chain of calls: x in x.Relu() and in fc.Forward(x).Relu().
    private static string? Source(Finding finding, ExpressionSyntax expression)
    {
        while (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call)
        {
            expression = LibraryTypes.Derives(finding.Type(access.Expression), LibraryTypes.Layer) && call.ArgumentList.Arguments.FirstOrDefault() is { } input
                ? input.Expression
                : access.Expression;
        }

        return expression is IdentifierNameSyntax name && finding.Symbol(name) is ILocalSymbol or IParameterSymbol
            && finding.IsTensor(name) ? name.Identifier.ValueText : null;
    }
}
