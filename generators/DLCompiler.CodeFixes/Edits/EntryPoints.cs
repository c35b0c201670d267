using System.Linq;
using DLCompiler.CodeFixes.Remedies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>The methods that are compiled: <c>Forward</c> and steps.</summary>
internal static class EntryPoints
{
    /// <summary>Whether code is in the body of such a method and runs once there: a new layer in it is used once.</summary>
    public static bool IsReachedOnce(Finding finding, SyntaxNode code)
    {
        foreach (SyntaxNode outer in code.Ancestors())
        {
            switch (outer)
            {
                case ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax:
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or QueryExpressionSyntax:
                    return false;
                case MethodDeclarationSyntax method:
                    return finding.Semantics.GetDeclaredSymbol(method, finding.Cancellation) is IMethodSymbol symbol && IsEntry(symbol);
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>The <c>Forward</c> of a class, its own or inherited.</summary>
    public static IMethodSymbol? Forward(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            if (part.GetMembers("Forward").OfType<IMethodSymbol>().FirstOrDefault(method => !method.IsStatic) is { } forward) return forward;
        }

        return null;
    }

    private static bool IsEntry(IMethodSymbol method) =>
        LibraryTypes.HasAttribute(method.ContainingType, "ModelAttribute")
            && (method.Name == "Forward" || LibraryTypes.HasAttribute(method, "StepAttribute"));
}
