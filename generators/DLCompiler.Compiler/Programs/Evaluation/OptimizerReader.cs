using System;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// Reads the optimizer of <c>[Train]</c> and <c>[Step]</c>; numbers that are not given have the kind's defaults, which are those of PyTorch (0.01 for SGD's
/// rate).
/// </summary>
internal static class OptimizerReader
{
    /// <summary>The optimizer; its numbers are checked.</summary>
    public static OptimizerSpecification Read(string name, EquatableArray<NamedNumber> numbers, Origin site, DiagnosticSink sink)
    {
        OptimizerKind kind = Enum.TryParse(name, out OptimizerKind parsed) ? parsed : OptimizerKind.Sgd;
        double Number(string key, double fallback) => numbers.FirstOrDefault(number => number.Name == key)?.Value ?? fallback;
        var optimizer = new OptimizerSpecification(
            kind,
            Number("LearningRate", kind == OptimizerKind.Sgd ? 0.01 : 0.001),
            Number("Momentum", 0),
            Number("Nesterov", 0) != 0,
            Number("WeightDecay", kind == OptimizerKind.AdamW ? 0.01 : 0),
            Number("Beta1", 0.9),
            Number("Beta2", 0.999),
            Number("Epsilon", 1e-8));
        if (Mistake(optimizer) is { } mistake) sink.Report(DiagnosticIds.InvalidArgument, site, mistake);
        return optimizer;
    }

    private static string? Mistake(OptimizerSpecification optimizer) => optimizer switch
    {
        { LearningRate: not >= 0 } => "LearningRate must not be negative",
        { Momentum: not (>= 0 and < 1) } => "Momentum must be at least 0 and less than 1",
        { WeightDecay: not >= 0 } => "WeightDecay must not be negative",
        { Beta1: not (>= 0 and < 1) } => "Beta1 must be at least 0 and less than 1",
        { Beta2: not (>= 0 and < 1) } => "Beta2 must be at least 0 and less than 1",
        { Epsilon: not > 0 } => "Epsilon must be positive",
        { Nesterov: true, Momentum: 0 } => "Nesterov needs a Momentum",
        _ => null,
    };
}
