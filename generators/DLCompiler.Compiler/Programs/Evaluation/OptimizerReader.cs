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
        if (!Enum.TryParse(name, out OptimizerKind kind))
            sink.Report(DiagnosticIds.InvalidArgument, site, "the optimizer is none that exists; use Optimizer.Sgd, Adam or AdamW");
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
        foreach (NamedNumber number in numbers)
        {
            Origin place = site with { Site = site.Site with { Site = number.Site } };
            if (Mistake(number, optimizer) is { } mistake) sink.Report(DiagnosticIds.InvalidArgument, place, mistake);
            else if (!IsUsed(number.Name, kind)) sink.Report(DiagnosticIds.UnusedSetting, place, Unused(number.Name, kind));
        }

        return optimizer;
    }

    private static string? Mistake(NamedNumber number, OptimizerSpecification optimizer)
    {
        string value = Checks.Text(number.Value);
        return (number.Name, number.Value) switch
        {
            ("LearningRate" or "WeightDecay", not >= 0) => $"{number.Name} is {value}; it must be at least 0",
            ("Momentum" or "Beta1" or "Beta2", not (>= 0 and < 1)) => $"{number.Name} is {value}; it must be at least 0 and less than 1",
            ("Epsilon", not > 0) => $"{number.Name} is {value}; it must be positive, such as 1e-8f",
            ("Nesterov", not 0) when optimizer is { Kind: OptimizerKind.Sgd, Momentum: 0 } => "Nesterov needs a Momentum; write Momentum = 0.9f as well",
            _ => null,
        };
    }

    private static bool IsUsed(string number, OptimizerKind kind) => number switch
    {
        "Momentum" or "Nesterov" => kind == OptimizerKind.Sgd,
        "Beta1" or "Beta2" or "Epsilon" => kind != OptimizerKind.Sgd,
        _ => true,
    };

    private static string Unused(string number, OptimizerKind kind) => kind == OptimizerKind.Sgd
        ? $"{number} has no effect with Optimizer.Sgd; leave it out, or use Optimizer.Adam"
        : $"{number} has no effect with Optimizer.{kind}; leave it out, use Beta1, or use Optimizer.Sgd";
}
