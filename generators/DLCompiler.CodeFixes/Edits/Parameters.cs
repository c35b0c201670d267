using System.Linq;
using DLCompiler.CodeFixes.Remedies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>Which parameters arguments are for.</summary>
internal static class Parameters
{
    /// <summary>The constructor or method that an argument list belongs to.</summary>
    public static IMethodSymbol? Called(Finding finding, ArgumentListSyntax list) =>
        list.Parent is { } parent ? finding.Symbol(parent) as IMethodSymbol : null;

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
        .WithNameColon(Microsoft.CodeAnalysis.CSharp.SyntaxFactory.NameColon(name)
            .WithTrailingTrivia(Microsoft.CodeAnalysis.CSharp.SyntaxFactory.Space))
        .WithLeadingTrivia(argument.GetLeadingTrivia());
}
