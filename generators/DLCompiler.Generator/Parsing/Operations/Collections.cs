using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Arrays and collection expressions.</summary>
internal static class Collections
{
    /// <summary><c>new[] { … }</c>, <c>new T[n]</c>, and arguments gathered for <c>params</c>.</summary>
    public static Expression Array(BodyParser parser, IArrayCreationOperation array)
    {
        if (array.DimensionSizes.Length != 1 || array.Type is not IArrayTypeSymbol type) return parser.Unsupported("an array of several dimensions", array);
        int site = parser.Site(array);
        return array.Initializer is { } initializer
            ? new Expression.Array(parser.Expressions(initializer.ElementValues), site)
            : new Expression.SizedArray(type.ElementType.ProgramName(), parser.Expression(array.DimensionSizes[0]), site);
    }

    /// <summary><c>[a, ..b]</c>.</summary>
    public static Expression Collection(BodyParser parser, ICollectionExpressionOperation collection)
    {
        int site = parser.Site(collection);
        return new Expression.Array(collection.Elements.Select(parser.Expression).ToEquatableArray(), site);
    }
}
