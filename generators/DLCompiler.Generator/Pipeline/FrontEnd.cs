using System;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Diagnostics;
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
        string batch = result.Signature.Symbols[0].Name;
        string? symbol = model.Functions.SelectMany(function => function.Graph.Nodes).SelectMany(node => node.Shape).SelectMany(size => size.Symbols())
            .FirstOrDefault(name => name != batch);
        if (symbol is null) return result;
        var diagnostic = new CompilerDiagnostic(
            DiagnosticIds.Unsupported,
            new SourceSite(program.MetadataName, Site(program, symbol)),
            $"'{symbol}' is known at run time only and can't be compiled yet: the batch is the one such size that kernels know. Give it a constant size",
            [],
            []);
        return result with { Model = null, Diagnostics = result.Diagnostics.Append(diagnostic).ToEquatableArray() };
    }

    // The attribute that declares the size, if it is the class's own.
    private static int Site(ClassProgram program, string symbol) =>
        program.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.Shape).Append(program.ChainInput)
            .SelectMany(shape => shape?.Sizes ?? []).FirstOrDefault(size => size.Text.Split(' ', '<')[0] == symbol)?.Site ?? program.Site;
}
