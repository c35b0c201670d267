using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>Removes a field or a property from a class, with the comments that are about it and no others.</summary>
internal static class MemberRemoval
{
    /// <summary>The class without the member of a name.</summary>
    public static TypeDeclarationSyntax Remove(TypeDeclarationSyntax type, string name)
    {
        foreach (MemberDeclarationSyntax member in type.Members)
        {
            if (member is PropertyDeclarationSyntax property && property.Identifier.ValueText == name) return Whole(type, member);
            if (member is not FieldDeclarationSyntax field) continue;
            SeparatedSyntaxList<VariableDeclaratorSyntax> variables = field.Declaration.Variables;
            int position = variables.IndexOf(variable => variable.Identifier.ValueText == name);
            if (position >= 0) return variables.Count == 1 ? Whole(type, member) : type.ReplaceNode(field, OneOfSeveral(field, position));
        }

        return type;
    }

    // A comment behind a comma is about what stands before the comma; that behind the semicolon about the last variable.
    private static FieldDeclarationSyntax OneOfSeveral(FieldDeclarationSyntax field, int position)
    {
        SeparatedSyntaxList<VariableDeclaratorSyntax> variables = field.Declaration.Variables;
        FieldDeclarationSyntax rest = field.WithDeclaration(field.Declaration.WithVariables(variables.RemoveAt(position)));
        if (position < variables.Count - 1) return rest;
        SyntaxTriviaList behind = variables.GetSeparator(position - 1).TrailingTrivia;
        return behind.Any(SyntaxKind.EndOfLineTrivia) ? rest.WithSemicolonToken(rest.SemicolonToken.WithTrailingTrivia(behind)) : rest;
    }

    private static TypeDeclarationSyntax Whole(TypeDeclarationSyntax type, MemberDeclarationSyntax member)
    {
        int position = type.Members.IndexOf(member);
        bool isFirst = position == 0, isLast = position == type.Members.Count - 1;
        SyntaxToken next = isLast ? type.CloseBraceToken : type.Members[position + 1].GetFirstToken();
        SyntaxTriviaList kept = Kept(member.GetLeadingTrivia());
        SyntaxTriviaList leading = kept.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            ? Spaced(kept, next.LeadingTrivia, isFirst || isLast)
            : kept.AddRange(next.LeadingTrivia);
        SyntaxToken moved = next.WithLeadingTrivia(leading);
        type = isLast
            ? type.WithCloseBraceToken(moved)
            : type.WithMembers(type.Members.Replace(type.Members[position + 1], type.Members[position + 1].ReplaceToken(next, moved)));
        return type.WithMembers(type.Members.RemoveAt(position));
    }

    // What stands before a member and is not about it: all up to the last empty line or directive before it.
    private static SyntaxTriviaList Kept(SyntaxTriviaList leading)
    {
        int end = 0;
        bool isLineEmpty = true;
        for (int i = 0; i < leading.Count; i++)
        {
            SyntaxTrivia trivia = leading[i];
            if (trivia.IsDirective || (trivia.IsKind(SyntaxKind.EndOfLineTrivia) && isLineEmpty)) end = i + 1;
            // The text of a documentation comment and a directive end with their line.
            isLineEmpty = trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.HasStructure
                || (isLineEmpty && trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        }

        return SyntaxFactory.TriviaList(leading.Take(end));
    }

    // One empty line where one of the two had one; none at the class's ends.
    private static SyntaxTriviaList Spaced(SyntaxTriviaList before, SyntaxTriviaList next, bool isAtEnd)
    {
        int blanks = LeadingBlanks(next);
        if (isAtEnd) return SyntaxFactory.TriviaList(next.Skip(blanks));
        return blanks > 0 ? next : before.AddRange(next);
    }

    // How many pieces of trivia at the start are empty lines.
    private static int LeadingBlanks(IReadOnlyList<SyntaxTrivia> trivia)
    {
        int end = 0;
        for (int i = 0; i < trivia.Count && (trivia[i].IsKind(SyntaxKind.WhitespaceTrivia) || trivia[i].IsKind(SyntaxKind.EndOfLineTrivia)); i++)
        {
            if (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia)) end = i + 1;
        }

        return end;
    }
}
