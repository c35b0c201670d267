using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using DLCompiler.Generator.Pipeline;
using DLCompiler.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DLCompiler.Generator.Analyzers;

/// <summary>Evaluates each model, as the generator does, and puts what the evaluator says on the expressions it says it of.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    // What other analyzers, or the generator, report.
    private static readonly string[] others =
    [
        DiagnosticIds.NotPartial, DiagnosticIds.EagerCall, DiagnosticIds.NoModel, DiagnosticIds.LayerShapes,
        DiagnosticIds.CompilerFailure, DiagnosticIds.NotCompiled, DiagnosticIds.Schedule,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        Descriptors.Of(DiagnosticRules.All.Select(rule => rule.Id).Except(others));

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var classes = new CompilationClasses(start.Compilation);
            start.RegisterSymbolAction(symbol => Check(symbol, classes), SymbolKind.NamedType);
        });
    }

    private static void Check(SymbolAnalysisContext context, CompilationClasses classes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        // With a constructor of its own, fields have no values that could be judged, nor has a parameter with 'ref'; that it must go is said already.
        if (ClassParser.KindOf(type) != ClassKind.Model || type.IsStatic || new ConstructorRule().Check(type, ClassKind.Model).Any()
            || new SignatureRule().Check(type, ClassKind.Model).Any()) return;
        ImmutableArray<CompilerDiagnostic> found;
        ParsedClass? model;
        try
        {
            model = classes.Find(type.MetadataName(), context.CancellationToken);
            if (model is null || classes.HasInvalidCode(model, context.CancellationToken)) return;
            found = FrontEnd.Evaluate(model.Program, name => classes.FindProgram(name, context.CancellationToken), context.CancellationToken).Diagnostics.Items;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The generator fails on the same model, and says so with DLC9001.
            return;
        }

        // What the C# compiler says of the same code says more.
        if (found.IsEmpty || classes.HasErrors(type, model, context.CancellationToken)) return;
        bool isCut = found.Any(diagnostic => diagnostic.Id == DiagnosticIds.UnusedField)
            && CSharpErrors.HasUnreachableCode(type, context.Compilation, context.CancellationToken);
        foreach (CompilerDiagnostic diagnostic in found)
        {
            // What is used behind a 'return' only: C# warns of that.
            if (isCut && diagnostic.Id == DiagnosticIds.UnusedField) continue;
            // A mistake in a block that several models use is one.
            if (!classes.IsNews(diagnostic)) continue;
            Location location = classes.Locate(diagnostic.Location, context.CancellationToken)
                ?? diagnostic.Additional.Select(site => classes.Locate(site, context.CancellationToken)).FirstOrDefault(place => place is not null)
                ?? ClassParser.NameLocation(type);
            IEnumerable<Location> additional = diagnostic.Additional.Concat(diagnostic.Trail)
                .Select(site => classes.Locate(site, context.CancellationToken)).OfType<Location>().Where(place => place != location);
            ImmutableDictionary<string, string?> properties =
                diagnostic.Properties.ToImmutableDictionary(property => property.Name, property => (string?)property.Value, StringComparer.Ordinal);
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(diagnostic.Id), location, additional, properties, diagnostic.Message));
        }
    }
}
