using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Parsing;

/// <summary>Names of types as programs write them.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat unescaped =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>Namespace, containing types, name and arity, without type arguments: <c>App.Outer+LeNet5</c>, <c>DLCompiler.Tensor`1</c>.</summary>
    public static string MetadataName(this INamedTypeSymbol type)
    {
        // Members of an extension block belong to its class: the block's own name can't be written.
        while (type.MetadataName.StartsWith("<", System.StringComparison.Ordinal) && type.ContainingType is { } declaring) type = declaring;
        string name = type.MetadataName;
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType) name = outer.MetadataName + "+" + name;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString(unescaped) + "." + name : name;
    }

    /// <summary>The name of any type, with type arguments: <c>int</c>, <c>int[]</c>, <c>DLCompiler.Tensor`1[int]</c>.</summary>
    public static string ProgramName(this ITypeSymbol? type) => type switch
    {
        null => "void",
        IArrayTypeSymbol array => array.ElementType.ProgramName() + "[]",
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => nullable.TypeArguments[0].ProgramName(),
        INamedTypeSymbol { IsTupleType: true } tuple => "(" + string.Join(",", tuple.TupleElements.Select(element => element.Type.ProgramName())) + ")",
        INamedTypeSymbol named => Keyword(named.SpecialType) ?? Generic(named),
        _ => type.Name,
    };

    private static string Generic(INamedTypeSymbol type)
    {
        List<ITypeSymbol> arguments = [.. type.TypeArguments];
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType) arguments.InsertRange(0, outer.TypeArguments);
        return arguments.Count == 0 ? type.MetadataName() : type.MetadataName() + "[" + string.Join(",", arguments.Select(ProgramName)) + "]";
    }

    private static string? Keyword(SpecialType type) => type switch
    {
        SpecialType.System_Void => "void",
        SpecialType.System_Object => "object",
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Char => "char",
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_Byte => "byte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_Int32 => "int",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_Int64 => "long",
        SpecialType.System_UInt64 => "ulong",
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        SpecialType.System_Decimal => "decimal",
        SpecialType.System_String => "string",
        _ => null,
    };
}
