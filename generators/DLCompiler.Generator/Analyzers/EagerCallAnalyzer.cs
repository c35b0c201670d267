using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Analyzers;

/// <summary>DLC3002: a model's <c>Forward</c> called from ordinary code runs the slow eager reference.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EagerCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.Of([DiagnosticIds.EagerCall]);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Check, OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "Forward" || call.Instance?.Type is not INamedTypeSymbol receiver
            || ClassParser.KindOf(receiver) != ClassKind.Model) return;
        for (INamedTypeSymbol? type = context.ContainingSymbol.ContainingType; type is not null; type = type.ContainingType)
        {
            // What only lacks its [Model], or has it misspelt, is told so.
            if (ClassParser.KindOf(type) is not null || NoModelAnalyzer.Intent(type) is not null || type.GetAttributes().Any(IsUnknown)) return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.Of(DiagnosticIds.EagerCall),
            SiteLocations.Of(call),
            $"Forward outside a model is the slow eager reference of '{receiver.Name}'; use Predict"));
    }

    private static bool IsUnknown(AttributeData attribute) => attribute.AttributeClass is null or { TypeKind: TypeKind.Error };
}
