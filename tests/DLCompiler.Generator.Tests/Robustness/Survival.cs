using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.Generator.Analyzers;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using DiagnosticSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace DLCompiler.Generator.Tests.Robustness;

/// <summary>What must hold whatever somebody types: nothing fails inside the compiler, and a wrong model has no kernels.</summary>
internal static class Survival
{
    /// <summary>Runs generator and analyzers on a text; what is broken, or null.</summary>
    /// <param name="text">One file.</param>
    /// <param name="compile">Whether emitted code is compiled too, where the user's has no error.</param>
    public static Task<string?> Complaint(string text, bool compile = false) => Complaint(TestCompilation.Create(text), compile);

    /// <summary>Runs generator and analyzers on a project; what is broken, or null.</summary>
    public static async Task<string?> Complaint(CSharpCompilation compilation, bool compile = false)
    {
        GeneratorRun run = GeneratorRun.Of(compilation, withKernels: compile);
        if (run.Result.Exception is { } exception) return $"the generator fails: {exception}";
        if (run.Reported.FirstOrDefault(item => item.Id is "CS8785" or "DLC9001") is { } failure) return failure.ToString();

        var failures = new ConcurrentBag<Exception>();
        CompilationWithAnalyzers analysis = run.Output.WithAnalyzers(
            [new ModelAnalyzer(), new ClassRuleAnalyzer(), new EagerCallAnalyzer(), new NoModelAnalyzer(), new LayerShapeAnalyzer()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (thrown, _, _) => failures.Add(thrown), concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        if (failures.TryPeek(out Exception? first)) return $"an analyzer fails: {first}";
        if (found.FirstOrDefault(item => item.Id == "AD0001") is { } crash) return crash.ToString();

        // Each wrong model is refused by the generator as well, whatever becomes of the analyzers' diagnostics.
        bool wrong = found.Any(item => item.Severity == DiagnosticSeverity.Error && item.Id is not ("DLC3001" or "DLC3002" or "CS1591"));
        bool reported = found.Any(item => item.DefaultSeverity == DiagnosticSeverity.Error);
        if (reported && !run.Reported.Any(item => item.Id == "DLC9002")
            && wrong) return $"not refused: {found.First(item => item.DefaultSeverity == DiagnosticSeverity.Error)}";
        if (!compile || compilation.GetDiagnostics().Any(item => item.DefaultSeverity == DiagnosticSeverity.Error)) return null;
        HashSet<SyntaxTree> emitted = [.. run.Result.GeneratedSources.Select(source => source.SyntaxTree)];
        return run.Output.GetDiagnostics().FirstOrDefault(item => item.Severity >= DiagnosticSeverity.Warning && item.Location.SourceTree is { } tree
            && emitted.Contains(tree))
            is { } bad ? $"emitted code: {bad}" : null;
    }
}
