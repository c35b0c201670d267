using System.Collections.Generic;
using System.Composition;
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
/// Removes the softmax or sigmoid before a loss that applies it itself, or takes the loss that does where the activation is missing (DLC3003).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LossActivationCodeFix)), Shared]
public sealed class LossActivationCodeFix() : RemedyCodeFix(DiagnosticIds.LossActivation)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            && access.Name.Identifier.ValueText is "Softmax" or "Sigmoid" && finding.IsTensor(access.Expression))
        {
            yield return new Remedy($"Remove {access.Name}", "RemoveActivation", (session, cancellation) => session.Change(
                call, current => ((MemberAccessExpressionSyntax)current.Expression).Expression.WithTriviaFrom(current), cancellation));
        }
        else if (finding.Around<AttributeSyntax>() is { } attribute && finding.Type(attribute) is { Name: "SoftmaxAttribute" or "SigmoidAttribute" }
            && Attributes.Find(attribute) is var (type, list, position))
        {
            yield return new Remedy($"Remove {attribute.Name}", "RemoveActivation", (session, cancellation) =>
                session.Change(type, current => Attributes.Remove(current, list, position), cancellation));
        }
        else if (Probabilities(finding) is { } loss)
        {
            yield return new Remedy("Use SigmoidCrossEntropy", "UseLogits", (session, cancellation) => session.Change(
                loss, current => SyntaxFactory.IdentifierName("SigmoidCrossEntropy").WithTriviaFrom(current), cancellation));
        }
    }

    // The name of the loss that takes probabilities: of a call, or in [Train].
    private static IdentifierNameSyntax? Probabilities(Finding finding) =>
        finding.Diagnostic.AdditionalLocations.Append(finding.Diagnostic.Location)
            .Where(place => place.SourceTree == finding.Node.SyntaxTree)
            .SelectMany(place => finding.Node.SyntaxTree.GetRoot(finding.Cancellation).FindNode(place.SourceSpan).DescendantNodesAndSelf())
            .OfType<IdentifierNameSyntax>().FirstOrDefault(name => name.Identifier.ValueText == "BinaryCrossEntropy");
}
