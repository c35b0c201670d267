using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Constants, default values and interpolated strings.</summary>
internal static class Literals
{
    /// <summary>A constant expression as one literal; null for constants of types that programs don't know.</summary>
    public static Expression? TryConstant(BodyParser parser, IOperation operation)
    {
        object? value = operation.ConstantValue.Value;
        if (value is null) return new Expression.Literal(null, parser.Site(operation));
        return Constant(operation.Type, value, parser.Site(operation));
    }

    /// <summary>A constant of a type: members of enumerations by name, narrow integers as <c>int</c>.</summary>
    public static Expression? Constant(ITypeSymbol? type, object? value, int site)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration && value is not null)
        {
            IFieldSymbol? member = enumeration.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value));
            return member is null ? null : new Expression.Member(null, enumeration.MetadataName(), member.Name, site);
        }

        return value switch
        {
            null or bool or int or long or float or double or string => new Expression.Literal(value, site),
            byte number => new Expression.Literal((int)number, site),
            sbyte number => new Expression.Literal((int)number, site),
            short number => new Expression.Literal((int)number, site),
            ushort number => new Expression.Literal((int)number, site),
            uint number => new Expression.Literal((long)number, site),
            char letter => new Expression.Literal(letter.ToString(), site),
            _ => null,
        };
    }

    /// <summary><c>default</c>: constants were handled before; what remains are references and structures.</summary>
    public static Expression Default(BodyParser parser, IDefaultValueOperation value) =>
        value.Type is { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
            ? new Expression.Literal(null, parser.Site(value))
            : parser.Unsupported("a default structure", value);

    /// <summary><c>$"…"</c>: alignments and formats are left out, since texts only appear in messages.</summary>
    public static Expression Interpolated(BodyParser parser, IInterpolatedStringOperation text)
    {
        int site = parser.Site(text);
        return new Expression.Interpolated(text.Parts.Select(part => Part(parser, part)).ToEquatableArray(), site);
    }

    private static Expression Part(BodyParser parser, IInterpolatedStringContentOperation part) => part switch
    {
        IInterpolatedStringTextOperation literal => parser.Expression(literal.Text),
        IInterpolationOperation hole => parser.Expression(hole.Expression),
        _ => parser.Unsupported(part),
    };
}
