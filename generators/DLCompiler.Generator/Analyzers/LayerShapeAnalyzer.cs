using System;
using System.Collections.Immutable;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Evaluation;
using DLCompiler.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DLCompiler.Generator.Analyzers;

/// <summary>
/// DLC0001: what each call of a layer does to shapes, for editors that show it. It is an analyzer of its own so that the compiler doesn't run it unless
/// somebody asks.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LayerShapeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.Of([DiagnosticIds.LayerShapes]);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var classes = new CompilationClasses(start.Compilation);
            start.RegisterSymbolAction(symbol => Describe(symbol, classes), SymbolKind.NamedType);
        });
    }

    private static void Describe(SymbolAnalysisContext context, CompilationClasses classes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (ClassParser.KindOf(type) != ClassKind.Model) return;
        EquatableArray<CompilerDiagnostic> found;
        try
        {
            if (classes.Find(type.MetadataName(), context.CancellationToken) is not { } model
                || classes.HasInvalidCode(model, context.CancellationToken)) return;
            found = ModelEvaluation.DescribeLayers(model.Program, name => classes.FindProgram(name, context.CancellationToken), context.CancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The generator fails on the same model, and says so with DLC9001.
            return;
        }

        foreach (CompilerDiagnostic diagnostic in found)
        {
            if (classes.Locate(diagnostic.Location, context.CancellationToken) is { } location)
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(diagnostic.Id), location, diagnostic.Message));
        }
    }
}
