using System.Linq;
using DLCompiler.CodeFixes.Remedies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>Which parameters arguments are for.</summary>
internal static class Parameters
{
    /// <summary>The constructor or method that an argument list belongs to.</summary>
    public static IMethodSymbol? Called(Finding finding, SyntaxNode list) => list.Parent is { } parent ? finding.Symbol(parent) as IMethodSymbol : null;

    /// <summary>The name of the parameter that an argument is for; null where the call is not understood.</summary>
    public static string? Name(ArgumentListSyntax list, ArgumentSyntax argument, IMethodSymbol called)
    {
        if (argument.NameColon is { } name) return name.Name.Identifier.ValueText;
        int position = list.Arguments.IndexOf(argument);
        return position < called.Parameters.Length ? called.Parameters[position].Name : null;
    }

    /// <summary>The argument for a parameter; null where it is left out.</summary>
    public static ArgumentSyntax? Find(ArgumentListSyntax list, string parameter, IMethodSymbol called) =>
        list.Arguments.FirstOrDefault(argument => Name(list, argument, called) == parameter);

    /// <summary>The same in an argument list or in that of an attribute: the argument's expression.</summary>
    public static ExpressionSyntax? Value(SyntaxNode list, string parameter, IMethodSymbol called)
    {
        if (list is ArgumentListSyntax arguments) return Find(arguments, parameter, called)?.Expression;
        if (list is not AttributeArgumentListSyntax written) return null;
        for (int position = 0; position < written.Arguments.Count; position++)
        {
            AttributeArgumentSyntax argument = written.Arguments[position];
            if (argument.NameEquals is not null || position >= called.Parameters.Length) continue;
            if ((argument.NameColon?.Name.Identifier.ValueText ?? called.Parameters[position].Name) == parameter) return argument.Expression;
        }

        return null;
    }

    /// <summary>An argument list, or that of an attribute, with a named argument more at its end.</summary>
    public static SyntaxNode With(SyntaxNode list, string parameter, ExpressionSyntax value)
    {
        NameColonSyntax name = SyntaxFactory.NameColon(parameter).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return list switch
        {
            ArgumentListSyntax { Arguments: var arguments } written => written.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(
                arguments.GetWithSeparators().AddRange([comma, SyntaxFactory.Argument(name, default, value)]))),
            AttributeArgumentListSyntax { Arguments: var arguments } written => written.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(
                arguments.GetWithSeparators().AddRange([comma, SyntaxFactory.AttributeArgument(null, name, value)]))),
            _ => list,
        };
    }

    /// <summary>The arguments without one of them. Those that stood behind it are named where their place no longer says what they are for.</summary>
    public static ArgumentListSyntax Without(ArgumentListSyntax list, ArgumentSyntax omitted, IMethodSymbol called)
    {
        int position = list.Arguments.IndexOf(omitted);
        SeparatedSyntaxList<ArgumentSyntax> arguments = list.Arguments;
        for (int behind = position + 1; behind < arguments.Count; behind++)
        {
            ArgumentSyntax argument = arguments[behind];
            if (argument.NameColon is null && Name(list, list.Arguments[behind], called) is { } name)
                arguments = arguments.Replace(argument, Named(argument, name));
        }

        return list.WithArguments(arguments.RemoveAt(position));
    }

    private static ArgumentSyntax Named(ArgumentSyntax argument, string name) => argument.WithoutLeadingTrivia()
        .WithNameColon(SyntaxFactory.NameColon(name)
            .WithTrailingTrivia(SyntaxFactory.Space))
        .WithLeadingTrivia(argument.GetLeadingTrivia());
}
