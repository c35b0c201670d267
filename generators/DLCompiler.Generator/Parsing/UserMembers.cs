using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.Generator.Parsing;

/// <summary>Which members of a class the user wrote, and where their bodies stand.</summary>
internal static class UserMembers
{
    /// <summary>Whether a member is the user's: written in source, and not by this generator.</summary>
    public static bool IsWritten(ISymbol member) =>
        member is { IsImplicitlyDeclared: false, DeclaringSyntaxReferences.Length: > 0 }
        && !member.GetAttributes().Any(attribute =>
            attribute.AttributeClass is { Name: "GeneratedCodeAttribute" } && Equals(attribute.ConstructorArguments.FirstOrDefault().Value, KnownNames.Tool));

    /// <summary>Whether a method is a training step.</summary>
    public static bool IsStep(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.MetadataName() == KnownNames.Step);

    /// <summary>Whether reading a property runs code of the user's, or of a block of the library; its other types are known without their code.</summary>
    public static bool HasBody(IPropertySymbol property) => Getter(property) is not null && !IsKnown(property.ContainingType);

    // The library is compiled as source once: when it is built.
    private static bool IsKnown(INamedTypeSymbol type) => type.ContainingAssembly?.Name == KnownNames.Namespace
        && !type.GetAttributes().Any(attribute => attribute.AttributeClass?.MetadataName() == KnownNames.Block);

    /// <summary>The code that reading a property runs: an expression body or a getter; null for automatic properties and those of libraries.</summary>
    public static SyntaxNode? Getter(IPropertySymbol property)
    {
        if (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not PropertyDeclarationSyntax syntax) return null;
        if (syntax.ExpressionBody is { } body) return body;
        return syntax.AccessorList?.Accessors.FirstOrDefault(accessor =>
            accessor.IsKind(SyntaxKind.GetAccessorDeclaration) && (accessor.Body is not null || accessor.ExpressionBody is not null));
    }

    /// <summary>The declaration of a method that has a body; null for others.</summary>
    public static MethodDeclarationSyntax? Declaration(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(syntax => syntax.Body is not null || syntax.ExpressionBody is not null);
}
