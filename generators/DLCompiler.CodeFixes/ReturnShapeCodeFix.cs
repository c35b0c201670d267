using System;
using System.Collections.Generic;
using System.Composition;
using System.Globalization;
using System.Linq;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>
/// Makes what a method returns and what it declares agree: declares the returned shape, or gives the last layer as many units as are declared; of a step it
/// returns the mean (DLC1001).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnShapeCodeFix)), Shared]
public sealed class ReturnShapeCodeFix() : RemedyCodeFix(DiagnosticIds.ReturnShape)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Around<MethodDeclarationSyntax>() is not { } method || finding.Node is not ExpressionSyntax returned
            || !finding.IsTensor(returned)) yield break;
        if (finding.Fact(DiagnosticProperties.Call) is { } call)
        {
            yield return new Remedy(
                $"Return its {call.TrimEnd('(', ')')}",
                "Reduce",
                (session, cancellation) => session.Change(returned, current => Expressions.Call(current, call), cancellation));
        }

        if (finding.Fact(DiagnosticProperties.RightShape) is not { } right || Declared(finding, method) is not { } declared) yield break;
        string[] sizes = right.Split([", "], StringSplitOptions.None);
        if (sizes.All(IsWritable))
        {
            yield return new Remedy(
                $"Declare [Shape({right})]",
                "DeclareReturned",
                (session, cancellation) => session.Change(
                    declared, current => SyntaxFactory.ParseAttributeArgumentList($"({right})")!.WithTriviaFrom(current), cancellation));
        }

        string[] old = [.. declared.Arguments.Select(argument => argument.Expression.ToString())];
        if (old.Length == sizes.Length && old.Length > 1 && old.Take(old.Length - 1).SequenceEqual(sizes.Take(sizes.Length - 1))
            && int.TryParse(old[old.Length - 1], NumberStyles.None, CultureInfo.InvariantCulture, out int units)
            && LastLayer(finding, returned) is var (name, size))
        {
            yield return new Remedy(
                $"Give '{name}' {Numbers.Text(units)} units",
                "ChangeUnits",
                (session, cancellation) => session.Change(size, current => Numbers.Literal(units).WithTriviaFrom(current), cancellation));
        }
    }

    // Numbers and names; a size that is computed, such as "2*N", can't be declared.
    private static bool IsWritable(string size) => size.Trim('"').All(letter => char.IsLetterOrDigit(letter) || letter == '_');

    private static AttributeArgumentListSyntax? Declared(Finding finding, MethodDeclarationSyntax method) => method.AttributeLists
        .Where(list => list.Target?.Identifier.IsKind(SyntaxKind.ReturnKeyword) == true).SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => LibraryTypes.Is(finding.Type(attribute), "ShapeAttribute"))?.ArgumentList;

    // The units of the dense layer whose result is returned, if they are a number and nothing else uses the layer.
    private static (string Name, ExpressionSyntax Units)? LastLayer(Finding finding, ExpressionSyntax returned)
    {
        if (ShapePreserving.Innermost(returned) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            || finding.Symbol(access.Expression) is not IFieldSymbol field || !LibraryTypes.Is(field.Type, "Dense")
            || Fields.Creation(field, finding.Cancellation) is not { ArgumentList: { } list } creation) return null;
        SemanticModel semantics = finding.Semantics.Compilation.GetSemanticModel(creation.SyntaxTree);
        int uses = finding.Parts(field.ContainingType).SelectMany(part => part.DescendantNodes())
            .OfType<IdentifierNameSyntax>().Count(name => name.Identifier.ValueText == field.Name);
        return uses == 1 && semantics.GetSymbolInfo(creation, finding.Cancellation).Symbol is IMethodSymbol constructor
            && Parameters.Find(list, "units", constructor)?.Expression is LiteralExpressionSyntax units
            ? (field.Name, units)
            : null;
    }
}
