using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.Generator.Parsing;

/// <summary>Lowers the library's attributes: chains of layers, shapes, training.</summary>
internal sealed class AttributeParser(SiteTable sites, CancellationToken cancellation)
{
    /// <summary>The stacked layer attributes, in source order.</summary>
    public EquatableArray<Expression.New> Chain(INamedTypeSymbol type) =>
        ChainAttributes(type).Select(Layer).ToEquatableArray();

    /// <summary>The attributes of a class that stand for layers, in source order.</summary>
    public static IEnumerable<AttributeData> ChainAttributes(INamedTypeSymbol type) =>
        type.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.BaseType?.MetadataName() == KnownNames.LayerAttribute)
            .OrderBy(attribute => attribute.ApplicationSyntaxReference?.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(attribute => attribute.ApplicationSyntaxReference?.Span.Start ?? 0);

    /// <summary>A <c>[Shape]</c> or <c>[Input]</c> among the given attributes.</summary>
    public ShapeSpecification? Shape(ImmutableArray<AttributeData> from, string attributeName)
    {
        if (Find(from, attributeName) is not { } attribute) return null;
        int site = Site(attribute);
        IEnumerable<TypedConstant> sizes = attribute.ConstructorArguments.SelectMany(argument => argument.Kind == TypedConstantKind.Array
            ? argument.Values.IsDefault ? [] : argument.Values
            : [argument]);
        List<string> texts = [.. sizes.Select(size => Convert.ToString(size.Value, CultureInfo.InvariantCulture) ?? "")];
        // Written one by one, as a rule; an array stands for all of its sizes.
        SeparatedSyntaxList<AttributeArgumentSyntax> written = Syntax(attribute)?.ArgumentList?.Arguments ?? default;
        return new ShapeSpecification(
            texts.Select((text, index) => new DeclaredSize(text, written.Count == texts.Count ? Site(attribute, written[index]) : site)).ToEquatableArray(),
            site);
    }

    /// <summary>The <c>[Train]</c> of a class.</summary>
    public TrainSpecification? Train(INamedTypeSymbol type)
    {
        if (Find(type.GetAttributes(), KnownNames.Train) is not { } attribute) return null;
        int site = Site(attribute);
        EquatableArray<Argument> arguments = Arguments(attribute);
        return new TrainSpecification(MemberName(arguments, "loss", ""), MemberName(arguments, "optimizer", ""), Numbers(attribute), site);
    }

    /// <summary>The <c>[Budget]</c> of a class.</summary>
    public BudgetSpecification? Budget(INamedTypeSymbol type)
    {
        if (Find(type.GetAttributes(), KnownNames.Budget) is not { } attribute) return null;
        int site = Site(attribute);
        return new BudgetSpecification(Numbers(attribute), site);
    }

    /// <summary>The <c>[Inference]</c> of a class.</summary>
    public InferenceSpecification? Inference(INamedTypeSymbol type)
    {
        if (Find(type.GetAttributes(), KnownNames.Inference) is not { } attribute) return null;
        int site = Site(attribute);
        return new InferenceSpecification(Numbers(attribute), site);
    }

    /// <summary>The <c>[Frozen]</c> and <c>[ParameterGroup]</c> of a field; null where it has none.</summary>
    public FieldTraining? Training(ISymbol field)
    {
        ImmutableArray<AttributeData> all = field.GetAttributes();
        AttributeData? group = Find(all, KnownNames.ParameterGroup);
        bool frozen = Find(all, KnownNames.Frozen) is not null;
        return frozen || group is not null ? new FieldTraining(frozen, group is null ? [] : Numbers(group)) : null;
    }

    /// <summary>The <c>[Step]</c> of a method.</summary>
    public StepSpecification? Step(IMethodSymbol method)
    {
        if (Find(method.GetAttributes(), KnownNames.Step) is not { } attribute) return null;
        int site = Site(attribute);
        IEnumerable<TypedConstant> updates = attribute.ConstructorArguments
            .Concat(attribute.NamedArguments.Where(argument => argument.Key == "Updates").Select(argument => argument.Value))
            .SelectMany(argument => argument.Kind == TypedConstantKind.Array ? argument.Values.IsDefault ? [] : argument.Values : [argument]);
        EquatableArray<Argument> arguments = Arguments(attribute);
        List<string> names = [.. updates.Select(update => update.Value).OfType<string>()];
        // Written one by one, as a rule; an array or a constant stands for all of its names.
        List<AttributeArgumentSyntax> written =
            [.. Syntax(attribute)?.ArgumentList?.Arguments.Where(item => item.NameEquals is not { } name || name.Name.Identifier.ValueText == "Updates") ?? []];
        EquatableArray<UpdatedField> fields = names
            .Select((name, index) => new UpdatedField(name, written.Count == names.Count ? Site(attribute, written[index]) : site)).ToEquatableArray();
        return new StepSpecification(fields, MemberName(arguments, "optimizer", "Sgd"), Numbers(attribute), site);
    }

    private Expression.New Layer(AttributeData attribute)
    {
        cancellation.ThrowIfCancellationRequested();
        int site = Site(attribute);
        string type = attribute.AttributeClass!.MetadataName();
        if (attribute.AttributeConstructor is null)
            return new Expression.New(type.Substring(0, type.Length - "Attribute".Length),
                [new Argument("", new Expression.Unsupported("code with errors", site), false)], site);
        return new Expression.New(type.Substring(0, type.Length - "Attribute".Length), Arguments(attribute), site);
    }

    // Constructor arguments by their parameters, then properties that were set, in the spelling of a parameter.
    private EquatableArray<Argument> Arguments(AttributeData attribute)
    {
        List<Argument> arguments = [];
        if (attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < constructor.Parameters.Length && i < attribute.ConstructorArguments.Length; i++)
            {
                IParameterSymbol parameter = constructor.Parameters[i];
                AttributeArgumentSyntax? written = Written(attribute, parameter, i);
                arguments.Add(new Argument(parameter.Name, Value(attribute.ConstructorArguments[i], Site(attribute, written)), IsDefault: written is null));
            }
        }

        foreach (KeyValuePair<string, TypedConstant> property in attribute.NamedArguments)
        {
            AttributeArgumentSyntax? written = Named(attribute, property.Key);
            arguments.Add(new Argument(char.ToLowerInvariant(property.Key[0]) + property.Key.Substring(1), Value(property.Value, Site(attribute, written)),
                IsDefault: false));
        }

        return arguments.ToEquatableArray();
    }

    private static Expression Value(TypedConstant constant, int site) => constant.Kind switch
    {
        TypedConstantKind.Array =>
            new Expression.Array((constant.Values.IsDefault ? [] : constant.Values).Select(element => Value(element, site)).ToEquatableArray(), site),
        TypedConstantKind.Type or TypedConstantKind.Error => new Expression.Unsupported("this attribute argument", site),
        _ => Operations.Literals.Constant(constant.Type, constant.Value, site) ?? new Expression.Unsupported("this attribute argument", site),
    };

    private static string MemberName(EquatableArray<Argument> arguments, string name, string unless) =>
        arguments.FirstOrDefault(argument => argument.Parameter == name)?.Value is Expression.Member member ? member.Identifier : unless;

    // An array is one number for each element.
    private EquatableArray<NamedNumber> Numbers(AttributeData attribute) =>
        attribute.NamedArguments
            .SelectMany(argument => (argument.Value.Kind == TypedConstantKind.Array && !argument.Value.IsNull ? argument.Value.Values : [argument.Value])
                .Select(value => (argument.Key, Value: value)))
            .Where(argument => argument.Value.Kind == TypedConstantKind.Primitive && argument.Value.Value is float or double or int or long or bool)
            .Select(argument => new NamedNumber(argument.Key, Number(argument.Value.Value!), sites.Add(Named(attribute, argument.Key)?.GetLocation()
                ?? Syntax(attribute)?.GetLocation() ?? Location.None)))
            .OrderBy(number => number.Name, StringComparer.Ordinal)
            .ToEquatableArray();

    // 1e-3f means 0.001: the double nearest to what the user wrote, not to the float.
    private static double Number(object value) => value switch
    {
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        bool truth => truth ? 1 : 0,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    private static AttributeData? Find(ImmutableArray<AttributeData> attributes, string name) =>
        attributes.FirstOrDefault(attribute => attribute.AttributeClass?.MetadataName() == name);

    private static AttributeArgumentSyntax? Written(AttributeData attribute, IParameterSymbol parameter, int position)
    {
        if (Syntax(attribute)?.ArgumentList?.Arguments is not { } arguments) return null;
        List<AttributeArgumentSyntax> positional = [.. arguments.Where(argument => argument.NameEquals is null)];
        return positional.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name)
            ?? (position < positional.Count && positional[position].NameColon is null ? positional[position] : null);
    }

    private static AttributeArgumentSyntax? Named(AttributeData attribute, string name) =>
        Syntax(attribute)?.ArgumentList?.Arguments.FirstOrDefault(item => item.NameEquals?.Name.Identifier.ValueText == name);

    private static AttributeSyntax? Syntax(AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;

    private int Site(AttributeData attribute) => sites.Add(Syntax(attribute)?.GetLocation() ?? Location.None);

    private int Site(AttributeData attribute, AttributeArgumentSyntax? argument) =>
        sites.Add(argument?.Expression.GetLocation() ?? Syntax(attribute)?.GetLocation() ?? Location.None);
}
