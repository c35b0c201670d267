using System.Collections.Generic;
using System.Composition;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>
/// Writes the nearest number of groups that divides the channels (DLC1010), or the largest kernel that fits its input; or pads the input for the kernel
/// (DLC1012).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SizeCodeFix)), Shared]
public sealed class SizeCodeFix() : RemedyCodeFix(DiagnosticIds.Divisibility, DiagnosticIds.KernelDoesNotFit)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        // Elsewhere the number comes from a hyperparameter, or is a default.
        if (finding.Number(DiagnosticProperties.RightSize) is not { } size || finding.Fact(DiagnosticProperties.Argument) is not { } argument
            || finding.Node is not ExpressionSyntax { Parent.Parent: { } list } written || Parameters.Called(finding, list) is not { } called
            || Parameters.Value(list, argument, called) != written) yield break;
        yield return Writing(written, size, $"Use {Numbers.Text(size)}", "UseRightSize");
        if (finding.Number(DiagnosticProperties.Padding) is not { } padding) yield break;
        string title = $"Use padding: {Numbers.Text(padding)}";
        yield return Parameters.Value(list, "padding", called) is { } old
            ? Writing(old, padding, title, "Pad")
            : new Remedy(title, "Pad", (session, cancellation) =>
                session.Change(list, current => Parameters.With(current, "padding", Numbers.Literal(padding)), cancellation));
    }

    private static Remedy Writing(ExpressionSyntax old, int number, string title, string key) => new(
        title, key, (session, cancellation) => session.Change(old, current => Numbers.Literal(number).WithTriviaFrom(current), cancellation));
}
