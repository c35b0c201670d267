using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>Other choices than the compiler's, at random: of those that it calls impossible, none is taken.</summary>
public static class RandomOverrides
{
    private const int Attempts = 12;

    /// <summary>Choices for a model: for each decision at each level several, of which the last that is possible counts.</summary>
    public static ModelDecisions Create(ModelGraph model, ElementType element, IReadOnlyList<InstructionSet> levels, int seed)
    {
        var random = new Random(seed);
        var overrides = new List<ScheduleOverride>();
        var seen = new HashSet<(InstructionSet, string, string)>();

        // Some choices have others behind them, which the compiler's own choice does not.
        for (int round = 0; round < 2; round++)
        {
            var decisions = new ModelDecisions(overrides.ToEquatableArray());
            KernelFile.PrintCompiled(model, "Own", element, element == ElementType.Float64 ? 1 : null, levels, decisions);
            foreach (FunctionDecisions function in decisions.Functions)
                foreach (Decision decision in function.Made.Where(decision => seen.Add((function.Level, decision.Subject, decision.Name))))
                    overrides.AddRange(Enumerable.Range(0, Attempts).Select(_ => Other(random, decision)).Where(value => value != decision.Value)
                        .Select(value => new ScheduleOverride(function.Level, decision.Subject, decision.Name, value)));
        }

        return new ModelDecisions(overrides.ToEquatableArray());
    }

    private static string Other(Random random, Decision decision)
    {
        string Number(params int[] numbers) => numbers[random.Next(numbers.Length)].ToString(CultureInfo.InvariantCulture);
        return decision.Name switch
        {
            "tile" when decision.Value.Contains('x') => $"{Number(1, 2, 3, 4, 5, 6)}x{Number(1, 2, 3, 4, 5)}{(random.Next(4) == 0 ? ",image" : "")}",
            "rows" when decision.Value.Contains(',') => new[] { "1", "2,1", "3,2,1", "4,2,1", "5,3,2,1", "7,5,3,2,1", "10,5,3,2,1" }[random.Next(7)],
            "few" => random.Next(3) == 0 ? "all" : Number(0, 1, 2, 3, 5, 7, 12, 16),
            "tile" or "rows" or "alone" or "chains" or "pixels" or "panels" => Number(0, 1, 2, 3, 5, 7, 12, 16),
            "strip" when decision.Value.Contains('x') => $"{Number(1, 2, 3)}x{Number(1, 2, 3, 4)}",
            "algorithm" => random.Next(3) == 0 ? "direct" : "winograd",
            "vectors" => Number(1, 2, 4),
            "panel" or "samples" or "strip" => Number(16, 32, 48, 64, 160),
            "partition" => random.Next(2) == 0 ? "one" : "shared",
            "shares" => random.Next(2) == 0 ? "columns" : "samples",
            "backward" => random.Next(2) == 0 ? "again" : "kept",
            "sums" => new[] { "blocks", "tiles", "results" }[random.Next(3)],
            "epilogue" or "update" => random.Next(2) == 0 ? "fused" : "separate",
            _ => throw new InvalidOperationException($"There is no other choice for {decision.Name}: say here what it may be."),
        };
    }
}
