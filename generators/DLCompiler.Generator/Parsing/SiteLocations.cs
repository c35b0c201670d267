using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DLCompiler.Generator.Parsing;

/// <summary>Which span a diagnostic about an operation underlines: the smallest that names what is wrong.</summary>
internal static class SiteLocations
{
    /// <summary>The span of an operation.</summary>
    public static Location Of(IOperation operation) => operation switch
    {
        IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } => value.Syntax.GetLocation(),
        _ => Of(operation.Syntax),
    };

    /// <summary>
    /// The span of a syntax node: in a chain of calls the last one from its name on, of a statement with a body only the head.
    /// </summary>
    public static Location Of(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when HasCall(access.Expression) => Between(access.Name, call),
        WhileStatementSyntax loop => Between(loop.WhileKeyword, loop.CloseParenToken),
        DoStatementSyntax loop => Between(loop.WhileKeyword, loop.CloseParenToken),
        ForStatementSyntax loop => Between(loop.ForKeyword, loop.CloseParenToken),
        CommonForEachStatementSyntax loop => Between(loop.ForEachKeyword, loop.CloseParenToken),
        IfStatementSyntax branch => Between(branch.IfKeyword, branch.CloseParenToken),
        SwitchStatementSyntax branch => Between(branch.SwitchKeyword, branch.Expression),
        UsingStatementSyntax statement => Between(statement.UsingKeyword, statement.CloseParenToken),
        LockStatementSyntax statement => Between(statement.LockKeyword, statement.CloseParenToken),
        FixedStatementSyntax statement => Between(statement.FixedKeyword, statement.CloseParenToken),
        TryStatementSyntax statement => statement.TryKeyword.GetLocation(),
        LocalFunctionStatementSyntax function => function.Identifier.GetLocation(),
        VariableDeclaratorSyntax variable => variable.Identifier.GetLocation(),
        EqualsValueClauseSyntax clause => clause.Value.GetLocation(),
        ArgumentSyntax argument => argument.Expression.GetLocation(),
        _ => syntax.GetLocation(),
    };

    private static bool HasCall(ExpressionSyntax receiver) => receiver.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax);

    private static Location Between(SyntaxNodeOrToken first, SyntaxNodeOrToken last) =>
        Location.Create(first.SyntaxTree!, TextSpan.FromBounds(first.Span.Start, last.Span.End));
}
