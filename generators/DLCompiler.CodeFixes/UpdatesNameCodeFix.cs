using System.Collections.Generic;
using System.Composition;
using System.Linq;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Names a field whose parameters the step reaches (DLC1017).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UpdatesNameCodeFix)), Shared]
public sealed class UpdatesNameCodeFix() : RemedyCodeFix(DiagnosticIds.UpdatesName)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Fact(DiagnosticProperties.Alternatives) is not { } alternatives
            || finding.Node.AncestorsAndSelf().OfType<ExpressionSyntax>().LastOrDefault(node => node.Span == finding.Diagnostic.Location.SourceSpan)
                is not { } written) return [];
        return alternatives.Split(',').Select(name => new Remedy(
            $"Use nameof({name})",
            "Use:" + name,
            (session, cancellation) => session.Change(
                written, current => SyntaxFactory.ParseExpression($"nameof({name})").WithTriviaFrom(current), cancellation)));
    }
}
