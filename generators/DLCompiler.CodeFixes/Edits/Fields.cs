using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>Adds a layer's field to a class, written as the layers that the class has.</summary>
internal static class Fields
{
    /// <summary>The class with a field after its last layer, or before everything else where it has none.</summary>
    /// <param name="type">The class.</param>
    /// <param name="layer">The layer's type as it is written here.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="arguments">The layer's arguments in parentheses.</param>
    public static TypeDeclarationSyntax Add(TypeDeclarationSyntax type, string layer, string name, string arguments)
    {
        int last = type.Members.LastIndexOf(IsLayer);
        if (last < 0) last = type.Members.LastIndexOf(member => member is FieldDeclarationSyntax);
        var model = last < 0 ? null : (FieldDeclarationSyntax)type.Members[last];
        MemberDeclarationSyntax field = SyntaxFactory.ParseMemberDeclaration($"{Modifiers(model)}{layer} {name} = new{Repeated(model, layer)}{arguments};")!;
        if (model is not null)
        {
            SyntaxTriviaList trailing = model.GetTrailingTrivia();
            bool endsLine = trailing.Any(SyntaxKind.EndOfLineTrivia);
            field = field
                .WithLeadingTrivia(endsLine ? Indentation(model) : default)
                .WithTrailingTrivia(endsLine ? trailing.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) : trailing);
            return type.WithMembers(type.Members.Insert(last + 1, field));
        }

        // One with methods only: its first line, and an empty one after it.
        MemberDeclarationSyntax first = type.Members[0];
        SyntaxTriviaList line = SyntaxFactory.TriviaList(first.GetTrailingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        field = field
            .WithLeadingTrivia(Indentation(first))
            .WithTrailingTrivia(line.Count > 0 ? line.AddRange(line) : SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return type.WithMembers(type.Members.Insert(0, field));
    }

    /// <summary>What a field that holds a layer is created with; null where that is not written at its declaration.</summary>
    public static BaseObjectCreationExpressionSyntax? Creation(IFieldSymbol field, CancellationToken cancellation) =>
        (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as VariableDeclaratorSyntax)?.Initializer?.Value
            as BaseObjectCreationExpressionSyntax;

    // `readonly`, and whatever else the layers have: `private readonly`, `public readonly`.
    private static string Modifiers(FieldDeclarationSyntax? model) =>
        model is not null && model.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) && !model.Modifiers.Any(SyntaxKind.StaticKeyword)
            ? string.Concat(model.Modifiers.Select(modifier => modifier.Text + " "))
            : "readonly ";

    // The type once more where the layers are created with `new Dense(…)`, not with `new(…)`.
    private static string Repeated(FieldDeclarationSyntax? model, string layer) =>
        model?.Declaration.Variables.Last().Initializer?.Value is ObjectCreationExpressionSyntax ? " " + layer : "";

    private static bool IsLayer(MemberDeclarationSyntax member) =>
        member is FieldDeclarationSyntax field
            && field.Declaration.Variables.Any(variable => variable.Initializer?.Value is BaseObjectCreationExpressionSyntax);

    // The spaces before the first word of a member, without the comments above it.
    private static SyntaxTriviaList Indentation(MemberDeclarationSyntax member) =>
        SyntaxFactory.TriviaList(member.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
}
