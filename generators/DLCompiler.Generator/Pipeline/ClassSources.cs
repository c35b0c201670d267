using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using DLCompiler.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.Generator.Pipeline;

/// <summary>The first step: from a class with an attribute to values that compare by content.</summary>
internal static class ClassSources
{
    private static readonly SymbolDisplayFormat escapedNamespace =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);
    private static readonly SymbolDisplayFormat escapedName = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters, miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Whether a node with the attribute can be a model or block.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) => node is TypeDeclarationSyntax;

    /// <summary>The source of a class with <c>[Model]</c> or <c>[Block]</c>; null where another step has it.</summary>
    public static ClassSource? Create(GeneratorAttributeSyntaxContext context, ClassKind kind, CancellationToken cancellation)
    {
        // A class with both attributes is a model.
        if (context.TargetSymbol is not INamedTypeSymbol type || ClassParser.KindOf(type) != kind || !IsFirst(context)) return null;
        ParsedClass? parsed = null;
        string? failure = null;
        try
        {
            parsed = ClassParser.Parse(type, context.SemanticModel.Compilation, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failure = Failures.Describe(exception);
        }

        EquatableArray<string> problems = ClassRule.All
            .SelectMany(rule => rule.Check(type, kind).Select(_ => rule.Id)).Distinct().OrderBy(id => id, StringComparer.Ordinal).ToEquatableArray();
        bool generic = false;
        for (INamedTypeSymbol? item = type; item is not null; item = item.ContainingType) generic |= item.TypeParameters.Length > 0;
        return new ClassSource(
            type.MetadataName(),
            parsed?.Program,
            Declaration(type),
            CanExtend: !generic && !type.IsRecord && !problems.Contains(DiagnosticIds.NotPartial) && !DuplicateNameRule.Clashes(type),
            Layers(type),
            problems,
            SourceLocation.Of(ClassParser.NameLocation(type)),
            failure);
    }

    // The attribute may stand on several parts while somebody types; the class is one all the same.
    private static bool IsFirst(GeneratorAttributeSyntaxContext context)
    {
        AttributeData attribute = context.Attributes[0];
        AttributeData? first = context.TargetSymbol.GetAttributes()
            .FirstOrDefault(other => SymbolEqualityComparer.Default.Equals(other.AttributeClass, attribute.AttributeClass));
        return first?.ApplicationSyntaxReference is not { } place || context.TargetNode == place.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>();
    }

    // Only those of the class itself: a base's fields are usually private.
    private static EquatableArray<string> Layers(INamedTypeSymbol type) =>
        type.GetMembers().Where(UserMembers.IsWritten)
            .Where(member => member switch
            {
                IFieldSymbol { IsStatic: false } field => IsLayer(field.Type),
                IPropertySymbol { IsStatic: false, IsIndexer: false } property => !UserMembers.HasBody(property) && IsLayer(property.Type),
                _ => false,
            })
            // Two members of one name are an error of C#, which names in the emitted code would repeat.
            .GroupBy(member => member.Name, StringComparer.Ordinal).Where(group => group.Count() == 1)
            .Select(group => group.Key).ToEquatableArray();

    private static bool IsLayer(ITypeSymbol type) => type.BaseType?.MetadataName() == KnownNames.Layer;

    private static TypeDeclaration Declaration(INamedTypeSymbol type)
    {
        List<ContainingType> containers = [];
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            string keyword = (outer.IsRecord, outer.TypeKind) switch
            {
                (true, TypeKind.Struct) => "record struct",
                (true, _) => "record",
                (_, TypeKind.Struct) => "struct",
                (_, TypeKind.Interface) => "interface",
                _ => "class",
            };
            containers.Insert(0, new ContainingType(keyword, outer.ToDisplayString(escapedName)));
        }

        return new TypeDeclaration(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(escapedNamespace),
            containers.ToEquatableArray(),
            type.ToDisplayString(escapedName),
            type.MetadataName(),
            HintName: "");
    }
}
