using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Assignments to locals, elements and tuples of them.</summary>
internal static class Assignments
{
    /// <summary><c>x = value</c>.</summary>
    public static Expression Simple(BodyParser parser, ISimpleAssignmentOperation assignment)
    {
        if (assignment.IsRef) return parser.Unsupported("'ref'", assignment);
        int site = parser.Site(assignment);
        return new Expression.Assign(Target(parser, assignment.Target), parser.Expression(assignment.Value), site);
    }

    /// <summary><c>x += value</c>.</summary>
    public static Expression Compound(BodyParser parser, ICompoundAssignmentOperation assignment)
    {
        string? symbol = Operators.Symbol(assignment.OperatorKind);
        if (symbol is null) return parser.Unsupported(assignment);
        int site = parser.Site(assignment);
        return new Expression.CompoundAssign(
            symbol,
            Target(parser, assignment.Target),
            parser.Expression(assignment.Value),
            assignment.OperatorMethod?.ContainingType.OriginalDefinition.MetadataName(),
            assignment.OperatorMethod?.MetadataName,
            site);
    }

    /// <summary><c>x ??= value</c>, which is <c>x = x ?? value</c>.</summary>
    public static Expression Coalesce(BodyParser parser, ICoalesceAssignmentOperation assignment)
    {
        int site = parser.Site(assignment);
        Expression target = Target(parser, assignment.Target);
        return new Expression.Assign(target, new Expression.Binary("??", target, parser.Expression(assignment.Value), site), site);
    }

    /// <summary><c>(a, b) = value</c>.</summary>
    public static Expression Deconstruction(BodyParser parser, IDeconstructionAssignmentOperation assignment)
    {
        int site = parser.Site(assignment);
        return new Expression.Assign(Target(parser, assignment.Target), parser.Expression(assignment.Value), site);
    }

    /// <summary><c>++x</c>, <c>x--</c>.</summary>
    public static Expression Increment(BodyParser parser, IIncrementOrDecrementOperation increment)
    {
        if (increment.OperatorMethod is not null) return parser.Unsupported(increment);
        int site = parser.Site(increment);
        return new Expression.Increment(
            Target(parser, increment.Target), increment.Kind == Microsoft.CodeAnalysis.OperationKind.Increment ? 1 : -1, increment.IsPostfix, site);
    }

    /// <summary>What a value is assigned to.</summary>
    public static Expression Target(BodyParser parser, Microsoft.CodeAnalysis.IOperation target) => target switch
    {
        IDeclarationExpressionOperation declaration => Target(parser, declaration.Expression),
        ITupleOperation tuple => TupleTarget(parser, tuple),
        ILocalReferenceOperation or IParameterReferenceOperation or IDiscardOperation => parser.Expression(target),
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => parser.Expression(target),
        IPropertyReferenceOperation { Property.IsIndexer: true } => parser.Expression(target),
        IFieldReferenceOperation or IPropertyReferenceOperation => parser.Unsupported("assigning a member", target),
        _ => parser.Unsupported(target),
    };

    private static Expression TupleTarget(BodyParser parser, ITupleOperation tuple)
    {
        int site = parser.Site(tuple);
        return new Expression.Tuple(tuple.Elements.Select(element => Target(parser, element)).ToEquatableArray(), site);
    }
}
