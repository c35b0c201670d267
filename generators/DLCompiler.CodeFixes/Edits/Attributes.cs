using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>Adds attributes to lists and removes them.</summary>
internal static class Attributes
{
    /// <summary>A list with an attribute more, before the one at a position.</summary>
    public static AttributeListSyntax Insert(AttributeListSyntax list, int position, AttributeSyntax attribute)
    {
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        SeparatedSyntaxList<AttributeSyntax> attributes = list.Attributes;
        SyntaxNodeOrTokenList pieces = position == 0
            ? attributes.GetWithSeparators().InsertRange(0, [attribute.WithLeadingTrivia(attributes[0].GetLeadingTrivia()), comma])
            : attributes.GetWithSeparators().InsertRange((2 * position) - 1, [comma, attribute]);
        if (position == 0) pieces = pieces.Replace(pieces[2], pieces[2].WithLeadingTrivia());
        return list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(pieces));
    }

    /// <summary>A class without the attribute at a position of a list, and without the list if it has no other.</summary>
    public static TypeDeclarationSyntax Remove(TypeDeclarationSyntax type, int list, int position)
    {
        AttributeListSyntax attributes = type.AttributeLists[list];
        if (attributes.Attributes.Count > 1)
            return type.ReplaceNode(attributes, attributes.WithAttributes(attributes.Attributes.RemoveAt(position)));

        // What stands before the first list, such as the class's documentation, stays.
        SyntaxTriviaList before = type.GetLeadingTrivia();
        TypeDeclarationSyntax rest = (TypeDeclarationSyntax)type.WithAttributeLists(type.AttributeLists.RemoveAt(list));
        return list == 0 ? rest.WithLeadingTrivia(before) : rest;
    }

    /// <summary>Where an attribute stands in its class: the position of its list, and its own in it.</summary>
    public static (TypeDeclarationSyntax Type, int List, int Position)? Find(AttributeSyntax attribute) =>
        attribute.Parent is AttributeListSyntax { Parent: TypeDeclarationSyntax type } list
            ? (type, type.AttributeLists.IndexOf(list), list.Attributes.IndexOf(attribute))
            : null;
}
