using Microsoft.CodeAnalysis;

namespace DLCompiler.CodeFixes.Edits;

/// <summary>Recognises the library's types.</summary>
internal static class LibraryTypes
{
    /// <summary>A layer: <c>Dense</c>, <c>Conv2D</c>.</summary>
    public const string Layer = "Layer";

    /// <summary>An attribute that stands for a layer in a chain.</summary>
    public const string LayerAttribute = "LayerAttribute";

    /// <summary>Whether a type is the library's type of a name.</summary>
    public static bool Is(ITypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "DLCompiler", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    /// <summary>Whether a type is, or derives from, the library's type of a name.</summary>
    public static bool Derives(ITypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Is(type, name)) return true;
        }

        return false;
    }

    /// <summary>Whether a symbol has an attribute of the library.</summary>
    public static bool HasAttribute(ISymbol symbol, string name)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (Is(attribute.AttributeClass, name)) return true;
        }

        return false;
    }

    /// <summary>How a type of the library is written at a place, after the <c>using</c> directives there.</summary>
    public static string Written(string name, SemanticModel semantics, int position) =>
        semantics.Compilation.GetTypeByMetadataName("DLCompiler." + name) is { } type
            ? type.ToMinimalDisplayString(semantics, position, SymbolDisplayFormat.MinimallyQualifiedFormat
                .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.RemoveAttributeSuffix))
            : name;
}
