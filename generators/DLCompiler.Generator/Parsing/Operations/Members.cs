using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Fields, properties, elements and method groups.</summary>
internal static class Members
{
    /// <summary><c>this</c>, explicit or not.</summary>
    public static Expression Instance(BodyParser parser, IInstanceReferenceOperation instance) =>
        instance.ReferenceKind == InstanceReferenceKind.ContainingTypeInstance
            ? new Expression.This(parser.Site(instance))
            : parser.Unsupported("an object initialiser", instance);

    /// <summary>A field: also elements of tuples, and members of enumerations.</summary>
    public static Expression Field(BodyParser parser, IFieldReferenceOperation reference)
    {
        IFieldSymbol field = reference.Field;
        // A constant of another class whose value C# can't tell either.
        if (field is { IsConst: true, HasConstantValue: false }) parser.NoteInvalidCode();
        int site = parser.Site(reference);
        if (field.ContainingType.IsTupleType && reference.Instance is { } tuple)
        {
            IFieldSymbol element = field.CorrespondingTupleField ?? field;
            int index = field.ContainingType.TupleElements.Select(item => item.CorrespondingTupleField ?? item).ToList()
                .FindIndex(item => item.Name == element.Name);
            return new Expression.TupleElement(parser.Expression(tuple), index, site);
        }

        return new Expression.Member(parser.Optional(reference.Instance), field.ContainingType.MetadataName(), field.Name, site);
    }

    /// <summary>A property: indexers are elements, properties with a body are calls of their getter.</summary>
    public static Expression Property(BodyParser parser, IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        int site = parser.Site(reference);
        Expression? receiver = parser.Optional(reference.Instance);
        string owner = property.ContainingType.OriginalDefinition.MetadataName();
        if (property.IsIndexer)
        {
            return reference.Arguments.Length == 1 && receiver is not null
                ? new Expression.Element(receiver, parser.Expression(reference.Arguments[0].Value), site)
                : parser.Unsupported("an indexer with several arguments", reference);
        }

        return UserMembers.HasBody(property)
            ? new Expression.Call(receiver, owner, "get_" + property.Name, [], site)
            : new Expression.Member(receiver, owner, property.Name, site);
    }

    /// <summary>A method as a value: a local function by its name.</summary>
    public static Expression MethodGroup(BodyParser parser, IMethodReferenceOperation reference) =>
        reference.Method.MethodKind == MethodKind.LocalFunction
            ? new Expression.Name(reference.Method.Name, parser.Site(reference))
            : new Expression.MethodGroup(reference.Method.ContainingType.MetadataName(), reference.Method.Name, parser.Site(reference));

    /// <summary><c>array[index]</c>.</summary>
    public static Expression ArrayElement(BodyParser parser, IArrayElementReferenceOperation reference)
    {
        if (reference.Indices.Length != 1) return parser.Unsupported("an array of several dimensions", reference);
        int site = parser.Site(reference);
        return new Expression.Element(parser.Expression(reference.ArrayReference), parser.Expression(reference.Indices[0]), site);
    }
}
