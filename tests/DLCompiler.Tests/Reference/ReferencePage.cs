using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using DLCompiler.Tests.PublicApi;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DLCompiler.Tests.Reference;

/// <summary>The page of a layer, a tensor method, a loss or an optimizer, from its declarations and their comments.</summary>
internal sealed class ReferencePage(ReferenceName name, IReadOnlyList<ISymbol> members, INamedTypeSymbol? attribute)
{
    private static readonly SymbolDisplayFormat signature = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeContainingType,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Where it stands, in the folder of the reference.</summary>
    public string Path => $"{name.Kind}{(name.Kind == "loss" ? "es" : "s")}/{name.Name}.md";

    /// <summary>Its first sentence, for the index.</summary>
    public string FirstSentence
    {
        get
        {
            string summary = DocumentationText.Of(members[0], Library.Sources).Summary;
            // "et al." ends none.
            int end = summary.IndexOf(". ", StringComparison.Ordinal);
            while (end >= 2 && summary[(end - 2)..end] == "al") end = summary.IndexOf(". ", end + 1, StringComparison.Ordinal);
            return (end < 0 ? summary : summary[..(end + 1)]).Replace('\n', ' ').TrimEnd(':');
        }
    }

    /// <summary>The page.</summary>
    public string Text()
    {
        var text = new StringBuilder($"# {name.Name}\n\n");
        string? last = null;
        foreach (ISymbol member in members)
        {
            DocumentationText documentation = DocumentationText.Of(member, Library.Sources);
            if (documentation.Summary != last && documentation.Summary.Length > 0) text.Append(documentation.Summary).Append("\n\n");
            last = documentation.Summary;
            if (member is IMethodSymbol method) text.Append("```csharp\n").Append(Signature(method)).Append("\n```\n\n");
            if (documentation.Remarks.Length > 0) text.Append(documentation.Remarks).Append("\n\n");
            Details(text, documentation);
        }

        if (attribute is not null) Attribute(text, attribute);
        if (name.Kind == "optimizer") text.Append($"```csharp\n[Train(Loss.SoftmaxCrossEntropy, Optimizer.{name.Name})]\n```\n\n");
        Names(text);
        return text.ToString();
    }

    private static void Details(StringBuilder text, DocumentationText documentation)
    {
        foreach ((string parameter, string meaning) in documentation.Parameters) text.Append($"* `{parameter}`: {meaning}\n");
        if (documentation.Returns.Length > 0) text.Append($"* Returns {documentation.Returns}\n");
        foreach ((string type, string when) in documentation.Exceptions) text.Append($"* `{type}`: {when}\n");
        if (documentation.Parameters.Any() || documentation.Returns.Length > 0 || documentation.Exceptions.Any()) text.Append('\n');
        if (documentation.Example.Length > 0) text.Append("```csharp\n").Append(documentation.Example).Append("\n```\n\n");
    }

    // How it stands before a class that derives from Sequential.
    private static void Attribute(StringBuilder text, INamedTypeSymbol attribute)
    {
        string short_ = attribute.Name[..^"Attribute".Length];
        IMethodSymbol? constructor = attribute.InstanceConstructors.Where(Library.IsVisible).OrderByDescending(method => method.Parameters.Length)
            .FirstOrDefault();
        IEnumerable<string> arguments = (constructor?.Parameters.Select(parameter => parameter.ToDisplayString(signature)) ?? [])
            .Concat(attribute.GetMembers().OfType<IPropertySymbol>().Where(property => property.SetMethod is not null && Library.IsVisible(property))
                .Select(property => property.Name + " = …"));
        string list = string.Join(", ", arguments);
        text.Append($"In a chain of layers: `[{short_}{(list.Length > 0 ? $"({list})" : "")}]`.\n\n");
    }

    private void Names(StringBuilder text)
    {
        string[] cells = [name.PyTorch, name.Keras, name.Onnx];
        if (cells.All(cell => cell.Length == 0)) return;
        text.Append("| PyTorch | Keras | ONNX |\n|---|---|---|\n| ").AppendJoin(" | ", cells.Select(cell => cell.Length == 0 ? "" : $"`{cell}`"))
            .Append(" |\n");
    }

    private static string Signature(IMethodSymbol method)
    {
        string text = method.ToDisplayString(signature);
        if (method.MethodKind == MethodKind.Constructor) return "new " + text[(text.IndexOf('.') + 1)..];
        return (method.IsStatic && !method.IsExtensionMethod ? "static " : "") + text;
    }
}
