using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Conversions: those that change a number stay, those that only change the static type vanish.</summary>
internal static class Conversions
{
    /// <summary>A conversion, implicit or written.</summary>
    public static Expression Conversion(BodyParser parser, IConversionOperation conversion)
    {
        // An index from the start is the number itself; one index of a tensor's axis is what it is made of.
        if (conversion.OperatorMethod?.ContainingType.MetadataName() is "System.Index" or KnownNames.AxisIndex) return parser.Expression(conversion.Operand);
        if (conversion.OperatorMethod is { } method)
        {
            int site = parser.Site(conversion);
            var argument = new Argument(method.Parameters[0].Name, parser.Expression(conversion.Operand), IsDefault: false);
            return new Expression.Call(null, method.ContainingType.MetadataName(), method.MetadataName, [argument], site);
        }

        if (conversion.Operand is ITupleOperation tuple && conversion.Type is INamedTypeSymbol { IsTupleType: true } target)
        {
            // (1, 2) as (float, float): the elements convert one by one.
            int site = parser.Site(tuple);
            return new Expression.Tuple(
                tuple.Elements.Select((element, index) => Convert(parser, parser.Expression(element), element.Type, target.TupleElements[index].Type, element))
                    .ToEquatableArray(),
                site);
        }

        return Convert(parser, parser.Expression(conversion.Operand), conversion.Operand.Type, conversion.Type, conversion);
    }

    private static Expression Convert(BodyParser parser, Expression operand, ITypeSymbol? from, ITypeSymbol? to, IOperation where)
    {
        if (operand is Expression.Unsupported || !IsNumber(from) || !IsNumber(to)) return operand;
        string name = to.ProgramName();
        return name == from.ProgramName() ? operand : new Expression.Convert(name, operand, parser.Site(where));
    }

    private static bool IsNumber(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        return type is { SpecialType: >= SpecialType.System_Char and <= SpecialType.System_Double } or { TypeKind: TypeKind.Enum };
    }
}
