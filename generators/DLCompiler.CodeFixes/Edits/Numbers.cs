using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>Writes whole numbers, whatever the culture of the IDE.</summary>
internal static class Numbers
{
    /// <summary>A number as text.</summary>
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number as an expression.</summary>
    public static ExpressionSyntax Literal(int number) => SyntaxFactory.ParseExpression(Text(number));
}
