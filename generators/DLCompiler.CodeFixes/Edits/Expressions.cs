using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>Writes calls around expressions.</summary>
internal static class Expressions
{
    /// <summary>A method called on an expression, which gets parentheses where it needs them.</summary>
    /// <param name="receiver">The expression.</param>
    /// <param name="call">The method's name with its arguments: <c>Transpose(1, 2)</c>.</param>
    public static ExpressionSyntax Call(ExpressionSyntax receiver, string call)
    {
        var method = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression(call);
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, Primary(receiver.WithoutTrivia()), (SimpleNameSyntax)method.Expression),
            method.ArgumentList).WithTriviaFrom(receiver);
    }

    /// <summary>A layer's <c>Forward</c> called with an expression, which loses parentheses that it no longer needs.</summary>
    public static ExpressionSyntax Forward(string layer, ExpressionSyntax input)
    {
        ExpressionSyntax inner = input is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : input;
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(layer), SyntaxFactory.IdentifierName("Forward")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(inner.WithoutTrivia())))).WithTriviaFrom(input);
    }

    private static ExpressionSyntax Primary(ExpressionSyntax expression) =>
        expression is NameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax
            or ThisExpressionSyntax
            ? expression
            : SyntaxFactory.ParenthesizedExpression(expression);
}
