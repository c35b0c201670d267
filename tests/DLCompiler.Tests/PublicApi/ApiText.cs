using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DLCompiler.Tests.PublicApi;

/// <summary>An assembly's public interface as text: what a change of it shows in.</summary>
internal static class ApiText
{
    private static readonly SymbolDisplayFormat names = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat members = names
        .WithGenericsOptions(names.GenericsOptions | SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis);

    private static readonly string[] attributes =
    [
        "AttributeUsageAttribute", "EditorBrowsableAttribute", "ExperimentalAttribute", "FlagsAttribute", "NotNullWhenAttribute", "ObsoleteAttribute",
    ];

    /// <summary>Types by name; in each, constructors, then the other members by name.</summary>
    public static string Of(IAssemblySymbol assembly)
    {
        var text = new StringBuilder();
        foreach (var type in Library.PublicTypes(assembly.GlobalNamespace)) Type(text, type);
        return text.ToString();
    }

    private static void Type(StringBuilder text, INamedTypeSymbol type)
    {
        foreach (string attribute in Attributes(type)) text.Append(attribute).Append('\n');
        text.Append(Header(type)).Append('\n');
        var lines = type.GetMembers().Where(IsShown).Select(member => (member.Name, Text: Member(member)))
            .OrderBy(line => line.Name, StringComparer.Ordinal).ThenBy(line => line.Text, StringComparer.Ordinal);
        foreach (var (_, line) in lines) text.Append("    ").Append(line).Append('\n');
        text.Append('\n');
    }

    private static string Header(INamedTypeSymbol type)
    {
        List<string> bases = [];
        if (type.BaseType is { SpecialType: SpecialType.None } ancestor) bases.Add(ancestor.ToDisplayString(names));
        if (type is { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } number }) bases.Add(number.ToDisplayString(names));
        bases.AddRange(type.Interfaces.Select(one => one.ToDisplayString(names)).Order(StringComparer.Ordinal));
        string modifiers = type.TypeKind switch
        {
            TypeKind.Class when type.IsStatic => "static ",
            TypeKind.Class when type.IsAbstract => "abstract ",
            TypeKind.Class when type.IsSealed => "sealed ",
            TypeKind.Struct => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : ""),
            _ => "",
        };
        string kind = (type.IsRecord ? "record " : "") + (type.TypeKind == TypeKind.Delegate ? $"delegate {type.DelegateInvokeMethod!.ToDisplayString(members)}"
            : type.TypeKind.ToString().ToLowerInvariant());
        string header = $"public {modifiers}{kind} {type.ToDisplayString(names.WithGenericsOptions(members.GenericsOptions))}";
        return bases.Count == 0 ? header : $"{header} : {string.Join(", ", bases)}";
    }

    // What the compiler adds to records is not shown: the word says it.
    private static bool IsShown(ISymbol member) => Library.IsVisible(member) && member is not INamedTypeSymbol && member.Name != "EqualityContract"
        && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }
        && !member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute")
        && !(member.ContainingType.TypeKind == TypeKind.Enum && member is IMethodSymbol)
        && !(member.ContainingType.TypeKind == TypeKind.Struct && member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true });

    private static string Member(ISymbol member)
    {
        string declaration = member.ToDisplayString(members);
        if (member is IPropertySymbol property)
        {
            List<string> accessors = [];
            if (property.GetMethod is { } get && Library.IsVisible(get)) accessors.Add("get;");
            if (property.SetMethod is { } set && Library.IsVisible(set)) accessors.Add(set.IsInitOnly ? "init;" : "set;");
            declaration = $"{(property.IsRequired ? "required " : "")}{declaration} {{ {string.Join(" ", accessors)} }}";
        }

        var parameters = member is IMethodSymbol method ? method.Parameters : [];
        var ofParameters = parameters.SelectMany(parameter => Attributes(parameter).Select(one => $"{one[..^1]} on {parameter.Name}]"));
        return string.Join(" ", [declaration, .. Attributes(member), .. ofParameters]);
    }

    private static IEnumerable<string> Attributes(ISymbol symbol) => symbol.GetAttributes().Where(one => attributes.Contains(one.AttributeClass?.Name))
        .Select(one => "[" + one.AttributeClass!.Name[..^"Attribute".Length] + Arguments(one) + "]").Order(StringComparer.Ordinal);

    private static string Arguments(AttributeData attribute)
    {
        var named = attribute.NamedArguments.Select(pair => $"{pair.Key} = {pair.Value.ToCSharpString()}").Order(StringComparer.Ordinal);
        List<string> arguments = [.. attribute.ConstructorArguments.Select(value => value.ToCSharpString()), .. named];
        return arguments.Count == 0 ? "" : $"({string.Join(", ", arguments)})";
    }
}
