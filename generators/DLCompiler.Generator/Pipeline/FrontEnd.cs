using System;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Evaluation;

namespace DLCompiler.Generator.Pipeline;

/// <summary>
/// Evaluation as the generator and the analyzers share it: what the evaluator understands but the back end can't compile yet is an error here, not a failure
/// later.
/// </summary>
internal static class FrontEnd
{
    /// <summary>Evaluates a model.</summary>
    public static EvaluationResult Evaluate(ClassProgram program, Func<string, ClassProgram?> blocks, CancellationToken cancellation)
    {
        EvaluationResult result = ModelEvaluation.Evaluate(program, blocks, cancellation);
        if (result.Model is not { } model || result.Signature.Symbols.Count == 0) return result;
        (Node Node, string Symbol)? found = model.Functions.Select(UnsupportedSize.Find).FirstOrDefault(unsupported => unsupported is not null);
        if (found is not { } unsupported) return result;
        var diagnostic = new CompilerDiagnostic(
            DiagnosticIds.Unsupported,
            new SourceSite(program.MetadataName, Site(program, unsupported.Symbol)),
            $"'{unsupported.Symbol}' is known at run time only, and {UnsupportedSize.Describe(unsupported.Node)} needs it when the project is built. "
                + "Give it a constant size, or move it to the front",
            [],
            []);
        return result with { Model = null, Diagnostics = result.Diagnostics.Append(diagnostic).ToEquatableArray() };
    }

    // The attribute that declares the size, if it is the class's own.
    private static int Site(ClassProgram program, string symbol) =>
        program.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.Shape).Append(program.ChainInput)
            .SelectMany(shape => shape?.Sizes ?? []).FirstOrDefault(size => size.Text.Split(' ', '<')[0] == symbol)?.Site ?? program.Site;
}
