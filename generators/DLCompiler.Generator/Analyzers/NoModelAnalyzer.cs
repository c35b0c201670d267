using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DLCompiler.Generator.Analyzers;

/// <summary>DLC3007: layers, inputs and training that are declared on a class that nobody compiles.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.Of([DiagnosticIds.NoModel]);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        ClassKind? kind = ClassParser.KindOf(type);
        if (kind == ClassKind.Model) return;
        AttributeData? found = kind == ClassKind.Block ? Find(type, KnownNames.Train) ?? Find(type, KnownNames.Budget) ?? Find(type, KnownNames.Inference)
            : Intent(type);
        // An attribute that C# does not know may be a [Model] that is misspelt; and a model that holds the class can't be compiled, which it says.
        if (found?.ApplicationSyntaxReference is not { } written || CSharpErrors.Of(type, context.Compilation, context.CancellationToken).Any()
            || (kind is null && Types(context.Compilation.Assembly.GlobalNamespace).Any(user => IsPart(type, user)))) return;
        string name = found.AttributeClass!.Name;
        name = name.Substring(0, name.Length - "Attribute".Length);
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.Of(DiagnosticIds.NoModel),
            Location.Create(written.SyntaxTree, written.Span),
            kind == ClassKind.Block
                ? $"[{name}] has no effect on the block '{type.Name}'; write it on a [Model] that derives from it"
                : $"[{name}] has no effect, because '{type.Name}' is no model; add [Model]"));
    }

    /// <summary>What shows that a class that is no model should be one; null for ordinary classes.</summary>
    public static AttributeData? Intent(INamedTypeSymbol type) =>
        Find(type, KnownNames.Train) ?? Find(type, KnownNames.Budget) ?? Find(type, KnownNames.Inference) ?? Find(type, KnownNames.Input)
            ?? AttributeParser.ChainAttributes(type).FirstOrDefault()
            ?? type.GetMembers().OfType<IMethodSymbol>().Select(method => Find(method, KnownNames.Step)).FirstOrDefault(step => step is not null);

    private static bool IsPart(INamedTypeSymbol type, INamedTypeSymbol user) =>
        ClassParser.KindOf(user) == ClassKind.Model && CompilationClasses.Neighbours(user).Contains(type, SymbolEqualityComparer.Default);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    private static AttributeData? Find(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass?.MetadataName() == attribute);
}
