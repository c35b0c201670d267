using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.CodeFixes.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Remedies;

/// <summary>A diagnostic with the code that it stands on.</summary>
internal sealed class Finding(Document document, Diagnostic diagnostic, SyntaxNode root, SemanticModel semantics, CancellationToken cancellation)
{
    /// <summary>The diagnostic.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;

    /// <summary>The document that holds it.</summary>
    public Document Document { get; } = document;

    /// <summary>What the names in the document mean.</summary>
    public SemanticModel Semantics { get; } = semantics;

    /// <summary>Ends the search for remedies.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The smallest node that holds all of the diagnostic's span.</summary>
    public SyntaxNode Node { get; } = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>Reads the document around a diagnostic; null where there is no code to mend.</summary>
    public static async Task<Finding?> At(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return root is null || semantics is null || !root.FullSpan.Contains(diagnostic.Location.SourceSpan)
            ? null
            : new Finding(document, diagnostic, root, semantics, cancellation);
    }

    /// <summary>The node around the diagnostic of a kind, itself included.</summary>
    public T? Around<T>()
        where T : SyntaxNode => Node.FirstAncestorOrSelf<T>();

    /// <summary>A fact that the analyzer gave; null where it gave none.</summary>
    public string? Fact(string name) => Diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;

    /// <summary>A fact that is a whole number.</summary>
    public int? Number(string name) =>
        int.TryParse(Fact(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>What an expression is of, or what a name means.</summary>
    public ISymbol? Symbol(SyntaxNode node) => Semantics.GetSymbolInfo(node, Cancellation).Symbol;

    /// <summary>The type of an expression.</summary>
    public ITypeSymbol? Type(SyntaxNode expression) => Semantics.GetTypeInfo(expression, Cancellation).Type;

    /// <summary>
    /// Whether an expression is a tensor. What depends on hyperparameters is reported where a block is created: then there is another expression than the one
    /// that a remedy is for.
    /// </summary>
    public bool IsTensor(ExpressionSyntax expression) => LibraryTypes.Is(Type(expression), "Tensor");

    /// <summary>The declarations of a class that somebody wrote.</summary>
    public IEnumerable<TypeDeclarationSyntax> Parts(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(part => part.GetSyntax(Cancellation)).OfType<TypeDeclarationSyntax>()
            .Where(part => Document.Project.GetDocument(part.SyntaxTree) is not (null or SourceGeneratedDocument));

    /// <summary>The class that is declared around the diagnostic.</summary>
    public INamedTypeSymbol? Class() =>
        Around<TypeDeclarationSyntax>() is { } declaration ? Semantics.GetDeclaredSymbol(declaration, Cancellation) : null;
}
