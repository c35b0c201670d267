using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>What the code says of the sizes of one sample of an input: of each its number, or 0 where nothing says it.</summary>
internal static class InputShape
{
    /// <summary>The sizes by the first thing in a method that is done with a parameter and needs to know.</summary>
    public static int[] Of(IParameterSymbol parameter, SyntaxNode method, Compilation compilation, CancellationToken cancellation)
    {
        SemanticModel semantics = compilation.GetSemanticModel(method.SyntaxTree);
        foreach (IdentifierNameSyntax name in method.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText != parameter.Name
                || !SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name, cancellation).Symbol, parameter)) continue;
            ExpressionSyntax tensor = ShapePreserving.Outermost(name);
            if (tensor.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MaxPool" or "AvgPool" }) return [0, 0, 0];
            if (tensor.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MaxPool1D" or "AvgPool1D" }) return [0, 0];
            if (tensor.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } }
                && OfLayer(semantics.GetSymbolInfo(access.Expression, cancellation).Symbol, compilation, cancellation) is { } sizes) return sizes;
        }

        return [0];
    }

    /// <summary>The sizes that the first layer of a chain takes.</summary>
    public static int[] OfChain(INamedTypeSymbol chain) =>
        chain.GetAttributes().Where(attribute => LibraryTypes.Derives(attribute.AttributeClass, LibraryTypes.LayerAttribute))
            .OrderBy(attribute => attribute.ApplicationSyntaxReference?.Span.Start)
            .FirstOrDefault()?.AttributeClass?.Name switch
        {
            "Conv2DAttribute" or "DepthwiseConv2DAttribute" or "SeparableConv2DAttribute" or "ConvTranspose2DAttribute" or "MaxPoolAttribute"
                or "AvgPoolAttribute" => [0, 0, 0],
            "Conv1DAttribute" or "ConvTranspose1DAttribute" or "MaxPool1DAttribute" or "AvgPool1DAttribute" => [0, 0],
            _ => [0],
        };

    private static int[]? OfLayer(ISymbol? layer, Compilation compilation, CancellationToken cancellation)
    {
        if (layer is not IFieldSymbol field || !LibraryTypes.Derives(field.Type, LibraryTypes.Layer)) return null;
        int declared = Declared(field, compilation, cancellation);
        return field.Type.Name switch
        {
            "Conv2D" or "DepthwiseConv2D" or "SeparableConv2D" or "ConvTranspose2D" => [declared, 0, 0],
            "Conv1D" or "ConvTranspose1D" => [declared, 0],
            "Dense" => [declared],
            "Embedding" => [0],
            // It normalises features of any rank.
            _ => null,
        };
    }

    private static int Declared(IFieldSymbol field, Compilation compilation, CancellationToken cancellation)
    {
        if (Fields.Creation(field, cancellation) is not { ArgumentList: { } list } creation
            || !compilation.ContainsSyntaxTree(creation.SyntaxTree)) return 0;
        SemanticModel semantics = compilation.GetSemanticModel(creation.SyntaxTree);
        return semantics.GetSymbolInfo(creation, cancellation).Symbol is IMethodSymbol constructor
            && Parameters.Find(list, "input", constructor) is { } argument
            && semantics.GetConstantValue(argument.Expression, cancellation).Value is int size && size > 0 ? size : 0;
    }
}
