using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>The two classes that a model with parameters becomes.</summary>
internal static class ModelOfBlock
{
    /// <summary>The class as a block of another name. What a model is declared with, such as its training, goes to the model.</summary>
    public static ClassDeclarationSyntax Block(ClassDeclarationSyntax model, string attribute, string name)
    {
        AttributeListSyntax last = model.AttributeLists.Last();
        AttributeListSyntax block = SyntaxFactory.AttributeList(
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(SyntaxFactory.ParseName(attribute))))
            .WithLeadingTrivia(model.GetLeadingTrivia()).WithTrailingTrivia(last.GetTrailingTrivia());
        return model.WithAttributeLists(SyntaxFactory.SingletonList(block))
            .WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(model.Identifier));
    }

    /// <summary>A model that derives from the block and gives it its arguments.</summary>
    public static MemberDeclarationSyntax Model(ClassDeclarationSyntax model, string block, string arguments)
    {
        SyntaxTriviaList leading = model.GetLeadingTrivia();
        string indentation = string.Concat(leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        string line = model.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } end
            ? end.ToString()
            : "\n";
        string documentation = leading.Any(trivia => trivia.HasStructure && trivia.GetStructure() is DocumentationCommentTriviaSyntax)
            ? $"{indentation}/// <inheritdoc/>{line}"
            : "";
        string attributes = string.Concat(model.AttributeLists.Select(list => indentation + list.ToString() + line));
        string modifiers = string.Concat(model.Modifiers.Select(modifier => modifier.Text + " "));
        return SyntaxFactory.ParseMemberDeclaration(
            $"{line}{documentation}{attributes}{indentation}{modifiers}class {model.Identifier.Text}() : {block}({arguments});{line}")!;
    }
}
