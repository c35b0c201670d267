using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DLCompiler.Generator.Tests.Gallery;

/// <summary>A text with one slip of the keyboard or of the mind.</summary>
/// <param name="What">The slip, for a message.</param>
/// <param name="Text">The text after it.</param>
internal sealed record SingleEdit(string What, string Text)
{
    /// <summary>All single edits of a text: a number is another one, a layer or a call is gone, two lines are swapped, a name is another one.</summary>
    public static IEnumerable<SingleEdit> Of(string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        return Numbers(text, root).Concat(Fields(text, root)).Concat(Calls(text, root)).Concat(Attributes(text, root)).Concat(Lines(text))
            .Concat(Names(text, root)).Where(edit => edit.Text != text);
    }

    private static IEnumerable<SingleEdit> Numbers(string text, SyntaxNode root)
    {
        foreach (SyntaxToken token in root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.NumericLiteralToken)))
        {
            string[] others = token.Value is int number
                ? ["0", Written(number + 1), Written((number * 3) + 1), "-1"]
                : ["0f", "1.5f", "-0.5f"];
            foreach (string other in others) yield return Replace(text, token.Span, other, "the number");
        }
    }

    private static IEnumerable<SingleEdit> Fields(string text, SyntaxNode root)
    {
        foreach (FieldDeclarationSyntax field in root.DescendantNodes().OfType<FieldDeclarationSyntax>())
        {
            SeparatedSyntaxList<VariableDeclaratorSyntax> variables = field.Declaration.Variables;
            if (variables.Count == 1) yield return Replace(text, field.Span, "", "the field");
            for (int i = 0; variables.Count > 1 && i < variables.Count; i++)
            {
                TextSpan span = i == 0 ? TextSpan.FromBounds(variables[0].SpanStart, variables[1].SpanStart)
                    : TextSpan.FromBounds(variables.GetSeparator(i - 1).SpanStart, variables[i].Span.End);
                yield return Replace(text, span, "", "the field");
            }

            foreach (VariableDeclaratorSyntax variable in variables.Where(variable => variable.Initializer is not null))
                yield return Replace(text, variable.Initializer!.Span, "", "the initialiser");
        }
    }

    // a.B(c) becomes a, or c where a is a layer.
    private static IEnumerable<SingleEdit> Calls(string text, SyntaxNode root)
    {
        foreach (InvocationExpressionSyntax call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not MemberAccessExpressionSyntax access) continue;
            yield return Replace(text, call.Span, access.Expression.ToString(), "the call");
            if (call.ArgumentList.Arguments.Count == 1) yield return Replace(text, call.Span, call.ArgumentList.Arguments[0].ToString(), "the call");
        }

        foreach (ArgumentListSyntax list in root.DescendantNodes().OfType<ArgumentListSyntax>().Where(list => list.Arguments.Count > 0))
        {
            ArgumentSyntax last = list.Arguments.Last();
            int start = list.Arguments.Count == 1 ? last.SpanStart : list.Arguments.GetSeparator(list.Arguments.Count - 2).SpanStart;
            yield return Replace(text, TextSpan.FromBounds(start, last.Span.End), "", "the last argument");
        }
    }

    private static IEnumerable<SingleEdit> Attributes(string text, SyntaxNode root)
    {
        foreach (AttributeListSyntax list in root.DescendantNodes().OfType<AttributeListSyntax>())
        {
            if (list.Attributes.Count == 1) yield return Replace(text, list.Span, "", "the attribute");
            for (int i = 0; list.Attributes.Count > 1 && i < list.Attributes.Count; i++)
            {
                TextSpan span = i == 0 ? TextSpan.FromBounds(list.Attributes[0].SpanStart, list.Attributes[1].SpanStart)
                    : TextSpan.FromBounds(list.Attributes.GetSeparator(i - 1).SpanStart, list.Attributes[i].Span.End);
                yield return Replace(text, span, "", "the attribute");
            }
        }
    }

    private static IEnumerable<SingleEdit> Lines(string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i + 1 < lines.Length; i++)
        {
            string[] swapped = [.. lines];
            (swapped[i], swapped[i + 1]) = (lines[i + 1], lines[i]);
            yield return new SingleEdit($"lines swapped: {lines[i].Trim()} | {lines[i + 1].Trim()}", string.Join('\n', swapped));
        }
    }

    private static IEnumerable<SingleEdit> Names(string text, SyntaxNode root)
    {
        List<SyntaxToken> names = [.. root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken))];
        string[] others = [.. names.Select(token => token.ValueText).Distinct().Order(StringComparer.Ordinal)];
        foreach (SyntaxToken name in names)
        {
            yield return Replace(text, name.Span, name.ValueText + "q", "the name");
            // Another name of the text, so that C# often has nothing to say.
            int index = Array.IndexOf(others, name.ValueText);
            yield return Replace(text, name.Span, others[(index + 1) % others.Length], "the name");
        }
    }

    private static string Written(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static SingleEdit Replace(string text, TextSpan span, string other, string what) =>
        new($"{what} {text.Substring(span.Start, span.Length)} -> '{other}'", text[..span.Start] + other + text[span.End..]);
}
