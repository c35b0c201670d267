using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Generator.Parsing;
using DLCompiler.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DLCompiler.Generator.Analyzers;

/// <summary>Reports what the rules about declarations find.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClassRuleAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.Of(ClassRule.All.Select(rule => rule.Id).Distinct());

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (ClassParser.KindOf(type) is not { } kind) return;
        foreach (ClassRule rule in ClassRule.All)
        {
            foreach (ClassRule.Finding finding in rule.Check(type, kind))
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(rule.Id), finding.Location, finding.Properties, finding.Message));
        }
    }
}
