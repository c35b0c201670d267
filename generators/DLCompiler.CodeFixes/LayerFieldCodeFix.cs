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

/// <summary>Makes a layer that a body creates a field of the class: weights need a name in checkpoints (DLC2001).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LayerFieldCodeFix)), Shared]
public sealed class LayerFieldCodeFix() : RemedyCodeFix(DiagnosticIds.Unsupported)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Node is not BaseObjectCreationExpressionSyntax { ArgumentList: { } list, Initializer: null } creation
            || !EntryPoints.IsReachedOnce(finding, creation)
            || finding.Type(creation) is not { } layer || !LibraryTypes.Derives(layer, LibraryTypes.Layer)
            || list.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => finding.Symbol(name) is ILocalSymbol { IsConst: false } or IMethodSymbol)
            || finding.Around<TypeDeclarationSyntax>() is not { } declaration || finding.Class() is not { } type) yield break;
        string written = layer.ToMinimalDisplayString(finding.Semantics, creation.SpanStart), arguments = list.WithoutTrivia().ToString();
        yield return new Remedy(
            "Make the layer a field",
            "MakeField",
            async (session, cancellation) =>
            {
                string name = session.Reserve(type, char.ToLowerInvariant(layer.Name[0]) + layer.Name.Substring(1), cancellation);
                await session.Change(creation, current => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current), cancellation).ConfigureAwait(false);
                await session.Change(declaration, current => Fields.Add(current, written, name, arguments), cancellation).ConfigureAwait(false);
            });
    }
}
