using System;
using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace DLCompiler.CodeFixes;

/// <summary>
/// Makes a model with constructor parameters a block, and derives a model of the old name with the numbers that the code creates it with, where there are
/// such (DLC1006).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModelParametersCodeFix)), Shared]
public sealed class ModelParametersCodeFix() : RemedyCodeFix(DiagnosticIds.ModelParameters)
{
    /// <inheritdoc/>
    internal override async Task<IEnumerable<Remedy>> FindAsync(Finding finding)
    {
        if (finding.Node is not ParameterListSyntax { Parent: ClassDeclarationSyntax declaration } parameters || finding.Class() is not { } type
            || finding.Parts(type).Count() != 1 || type.TypeParameters.Length > 0 || LibraryTypes.Derives(type, "Sequential")) return [];
        IMethodSymbol? constructor = type.InstanceConstructors.FirstOrDefault(candidate =>
            candidate.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(finding.Cancellation) == declaration));
        if (constructor is null || await CreationsAsync(finding, constructor).ConfigureAwait(false) is not { } creations) return [];
        List<string?> values = [.. parameters.Parameters.Select(parameter => Value(parameter, constructor, creations))];
        string attribute = LibraryTypes.Written("BlockAttribute", finding.Semantics, declaration.SpanStart);
        if (values.Contains(null)) return creations.Count == 0 && Marked(finding, declaration) is { } model ? [Renaming(model, attribute)] : [];
        string block = type.Name + "Block", arguments = string.Join(", ", values);
        if (finding.Semantics.LookupNamespacesAndTypes(declaration.SpanStart, name: block).Length > 0) return [];
        return
        [
            new Remedy($"Make it a [Block], and '{type.Name}' a model of it with {arguments}", "MakeBlock", async (session, cancellation) =>
            {
                await session.InsertAfter(declaration, ModelOfBlock.Model(declaration, block, arguments), cancellation).ConfigureAwait(false);
                await session.Change(declaration, current => ModelOfBlock.Block(current, attribute, block), cancellation).ConfigureAwait(false);
                foreach (ArgumentListSyntax list in creations)
                    await session.Change(list, current => current.WithArguments(default), cancellation).ConfigureAwait(false);
            }),
        ];
    }

    // Nothing creates it yet: its models are still to be written.
    private static Remedy Renaming(AttributeSyntax model, string block) => new("Make it a [Block]", "OnlyBlock", (session, cancellation) =>
        session.Change(model.Name, current => SyntaxFactory.ParseName(block).WithTriviaFrom(current), cancellation));

    private static AttributeSyntax? Marked(Finding finding, ClassDeclarationSyntax declaration) =>
        declaration.AttributeLists.SelectMany(list => list.Attributes)
            .FirstOrDefault(attribute => LibraryTypes.Is(finding.Type(attribute), "ModelAttribute"));

    // The arguments of everything that creates the model; null where it is used in another way.
    private static async Task<List<ArgumentListSyntax>?> CreationsAsync(Finding finding, IMethodSymbol constructor)
    {
        List<ArgumentListSyntax> creations = [];
        Solution solution = finding.Document.Project.Solution;
        IEnumerable<ReferencedSymbol> references = await SymbolFinder.FindReferencesAsync(constructor, solution, finding.Cancellation).ConfigureAwait(false);
        foreach (ReferenceLocation place in references.SelectMany(reference => reference.Locations))
        {
            if (place.Document is SourceGeneratedDocument) continue;
            SyntaxNode? root = await place.Document.GetSyntaxRootAsync(finding.Cancellation).ConfigureAwait(false);
            BaseObjectCreationExpressionSyntax? creation = root?.FindNode(place.Location.SourceSpan).FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>();
            if (creation?.ArgumentList is not { } list) return null;
            creations.Add(list);
        }

        return creations;
    }

    // What a parameter always is: a default, or what is written wherever the model is created, without a name in it. Null where that differs.
    private static string? Value(ParameterSyntax parameter, IMethodSymbol constructor, List<ArgumentListSyntax> creations)
    {
        IEnumerable<ExpressionSyntax?> given = creations.Count == 0
            ? [parameter.Default?.Value]
            : creations.Select(list => Parameters.Find(list, parameter.Identifier.ValueText, constructor)?.Expression ?? parameter.Default?.Value);
        List<string?> texts = [.. given.Select(value => value is null || value.DescendantNodesAndSelf().Any(node => node is SimpleNameSyntax)
            ? null
            : value.ToString()).Distinct(StringComparer.Ordinal)];
        return texts.Count == 1 ? texts[0] : null;
    }
}
