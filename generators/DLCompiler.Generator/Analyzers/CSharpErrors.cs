using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.Generator.Analyzers;

/// <summary>
/// What the C# compiler says of classes, so that one mistake does not give two messages. Binding is done only where there is something to say.
/// </summary>
internal static class CSharpErrors
{
    private const string Unreachable = "CS0162";

    /// <summary>
    /// The errors of the code of a class, and of its files outside of classes: what is written there may have been meant for it. Warnings that a project raises
    /// to errors don't count.
    /// </summary>
    public static IEnumerable<Diagnostic> Of(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences
            .SelectMany(part => compilation.GetSemanticModel(part.SyntaxTree).GetDiagnostics(part.GetSyntax(cancellation).FullSpan, cancellation)
                .Concat(BetweenClasses(part.SyntaxTree, cancellation)))
            .Where(found => found.DefaultSeverity == DiagnosticSeverity.Error);

    /// <summary>Whether the C# compiler warns of code of a class that never runs.</summary>
    public static bool HasUnreachableCode(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences
            .SelectMany(part => compilation.GetSemanticModel(part.SyntaxTree).GetDiagnostics(part.GetSyntax(cancellation).FullSpan, cancellation))
            .Any(found => found is { Id: Unreachable, IsSuppressed: false });

    // Errors of syntax only: those of the rest, as a using that is not found, show where they matter.
    private static IEnumerable<Diagnostic> BetweenClasses(SyntaxTree tree, CancellationToken cancellation)
    {
        SyntaxNode root = tree.GetRoot(cancellation);
        if (!root.ContainsDiagnostics) return [];
        BaseTypeDeclarationSyntax[] classes =
            [.. root.DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>()];
        return tree.GetDiagnostics(cancellation).Where(found => !classes.Any(declaration => declaration.Span.Contains(found.Location.SourceSpan.Start)));
    }
}
