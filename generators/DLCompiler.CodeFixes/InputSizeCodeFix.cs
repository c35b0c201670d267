using System.Collections.Generic;
using System.Composition;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Writes the input size that a layer receives in place of the wrong one, or leaves it to be inferred (DLC1002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InputSizeCodeFix)), Shared]
public sealed class InputSizeCodeFix() : RemedyCodeFix(DiagnosticIds.InputSize)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        // In a block the size may come from a hyperparameter: then the diagnostic stands on what creates the block, and nothing here is wrong for sure.
        if (finding.Number(DiagnosticProperties.RightSize) is not { } size
            || finding.Node.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax list } argument
            || Parameters.Called(finding, list) is not { } called
            || !LibraryTypes.Derives(called.ContainingType, LibraryTypes.Layer)
            || Parameters.Name(list, argument, called) != finding.Fact(DiagnosticProperties.Argument)) yield break;
        yield return new Remedy(
            $"Use {Numbers.Text(size)}",
            "UseReceivedSize",
            (session, cancellation) => session.Change(argument.Expression, expression => Numbers.Literal(size).WithTriviaFrom(expression), cancellation));
        yield return new Remedy(
            $"Omit '{Parameters.Name(list, argument, called)}'",
            "OmitSize",
            (session, cancellation) => session.Change(list, _ => Parameters.Without(list, argument, called), cancellation));
    }
}
