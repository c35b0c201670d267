using System.Collections.Generic;
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
    // C#'s own error for a class of which some parts are partial.
    private const string MissingPartial = "CS0260";

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
            {
                if (!IsSaid(rule, finding, CSharpErrors.Of(type, context.Compilation, context.CancellationToken)))
                    context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(rule.Id), finding.Location, finding.Properties, finding.Message));
            }
        }
    }

    // Whether the C# compiler says it, or something that comes first.
    private static bool IsSaid(ClassRule rule, ClassRule.Finding finding, IEnumerable<Diagnostic> errors) =>
        errors.Any(error => !rule.TakesMembers || error.Id == MissingPartial
            || (error.Location.SourceTree == finding.Location.SourceTree && error.Location.SourceSpan.IntersectsWith(finding.Location.SourceSpan)));
}
