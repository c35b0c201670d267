using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Reads the optimizer of <c>[Train]</c> and <c>[Step]</c> and checks its numbers; those that are not given are the definition's.</summary>
internal static class OptimizerReader
{
    // A message names so many optimizers that have a number.
    private const int Named = 3;

    /// <summary>The optimizer; its numbers are checked.</summary>
    public static OptimizerSpecification Read(string name, EquatableArray<NamedNumber> numbers, Origin site, DiagnosticSink sink)
    {
        OptimizerDefinition? definition = OptimizerTable.Find(name);
        if (definition is null)
        {
            string known = List(OptimizerTable.All);
            sink.Report(DiagnosticIds.InvalidArgument, site, $"the optimizer is none that exists; use Optimizer.{known}");
            definition = OptimizerTable.All[0];
        }

        foreach (NamedNumber number in numbers)
        {
            Origin place = site with { Site = site.Site with { Site = number.Site } };
            if (Mistake(definition, number, numbers) is { } mistake) sink.Report(DiagnosticIds.InvalidArgument, place, mistake);
            else if (definition.Number(number.Name) is null) sink.Report(DiagnosticIds.UnusedSetting, place, Unused(number.Name, definition));
        }

        return new OptimizerSpecification(
            definition.Name,
            numbers.Where(number => definition.Number(number.Name) is not null)
                .Select(number => new OptimizerNumber(number.Name, number.Value)).ToEquatableArray());
    }

    // A number of another optimizer is checked as well: it may be the optimizer that is wrong.
    private static string? Mistake(OptimizerDefinition definition, NamedNumber number, EquatableArray<NamedNumber> all)
    {
        NumberDefinition? known = definition.Number(number.Name) ?? OptimizerTable.All.Select(other => other.Number(number.Name)).FirstOrDefault(other => other is not null);
        if (known?.Mistake(number.Value) is { } mistake) return mistake;
        return number is { Name: "Nesterov", Value: not 0 } && definition.Number("Nesterov") is not null
            && all.All(other => other is not { Name: "Momentum", Value: not 0 })
            ? "Nesterov needs a Momentum; write Momentum = 0.9f as well"
            : null;
    }

    private static string Unused(string number, OptimizerDefinition definition)
    {
        List<OptimizerDefinition> others = [.. OptimizerTable.All.Where(other => other.Number(number) is not null)];

        // What momentum is to SGD, the first beta is to Adam.
        string instead = number == "Momentum" && definition.Number("Beta1") is not null ? ", use Beta1," : ",";
        return $"{number} has no effect with Optimizer.{definition.Name}; leave it out{instead} or use Optimizer.{List(others)}";
    }

    private static string List(IReadOnlyList<OptimizerDefinition> definitions)
    {
        List<string> names = [.. definitions.Take(Named).Select(definition => definition.Name)];
        if (names.Count == 1) return names[0];
        return definitions.Count > Named
            ? string.Join(", ", names) + " or another"
            : string.Join(", ", names.Take(names.Count - 1)) + " or " + names[names.Count - 1];
    }
}
