using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Patterns on compile-time values.</summary>
internal static class Patterns
{
    /// <summary>
    /// A pattern; what has no counterpart becomes a comparison with an unsupported expression, which is reported where evaluation reaches it.
    /// </summary>
    public static Pattern Pattern(BodyParser parser, IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => new Pattern.Constant(parser.Expression(constant.Value)),
        IRelationalPatternOperation relational when Operators.Symbol(relational.OperatorKind) is { } symbol =>
            new Pattern.Relational(symbol, parser.Expression(relational.Value)),
        IDiscardPatternOperation => new Pattern.Any(null),
        IDeclarationPatternOperation { MatchesNull: true } declaration => new Pattern.Any(declaration.DeclaredSymbol?.Name),
        IDeclarationPatternOperation declaration when Same(declaration) => new Pattern.Any(declaration.DeclaredSymbol?.Name),
        INegatedPatternOperation negated => new Pattern.Not(Pattern(parser, negated.Pattern)),
        IBinaryPatternOperation binary => new Pattern.Combined(
            binary.OperatorKind == BinaryOperatorKind.And, Pattern(parser, binary.LeftPattern), Pattern(parser, binary.RightPattern)),
        IRecursivePatternOperation { DeconstructionSubpatterns.Length: > 0, PropertySubpatterns.Length: 0, DeclaredSymbol: null } positional =>
            new Pattern.Positional(positional.DeconstructionSubpatterns.Select(element => Pattern(parser, element)).ToEquatableArray()),
        _ => new Pattern.Constant(parser.Unsupported(pattern)),
    };

    // `x is int n` where x is an int: always true.
    private static bool Same(IDeclarationPatternOperation declaration) =>
        declaration.MatchedType is { IsValueType: true } type && Microsoft.CodeAnalysis.SymbolEqualityComparer.Default.Equals(type, declaration.InputType);
}
