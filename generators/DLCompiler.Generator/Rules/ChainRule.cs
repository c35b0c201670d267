using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.Generator.Rules;

/// <summary>DLC1019 for chains: the layers stand on one part of the class, since parts have no order; and only on a <c>Sequential</c>.</summary>
internal sealed class ChainRule : ClassRule
{
    /// <inheritdoc/>
    public override string Id => DiagnosticIds.EntryPoint;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(INamedTypeSymbol type, ClassKind kind)
    {
        List<AttributeSyntax> layers =
            [.. AttributeParser.ChainAttributes(type).Select(attribute => attribute.ApplicationSyntaxReference?.GetSyntax()).OfType<AttributeSyntax>()];
        if (layers.Count == 0) yield break;
        if (type.BaseType?.MetadataName() != KnownNames.Sequential)
            yield return new Finding(layers[0].GetLocation(),
                $"layer attributes need the base class Sequential: write 'partial class {type.Name} : Sequential'");
        SyntaxNode? first = layers[0].FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (layers.FirstOrDefault(layer => layer.FirstAncestorOrSelf<TypeDeclarationSyntax>() != first) is { } stray)
            yield return new Finding(stray.GetLocation(),
                $"the layers of '{type.Name}' are spread over two parts of the class, which have no order; write them on one part");
    }
}
