using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Random models, forward and backward, at every level: what hand-written cases don't combine. A failure is reported with the shortest beginning that still fails.</summary>
public sealed class RandomGraphTests
{
    private const int Length = 9;

    private static readonly int Factor = Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 10 : 1;

    [Theory]
    [InlineData(0, ElementType.Float64)]
    [InlineData(1000, ElementType.Float32)]
    [InlineData(2000, ElementType.Float64)]
    [InlineData(3000, ElementType.Float32)]
    public void MatchTheReference(int firstSeed, ElementType element)
    {
        for (int part = 0; part < Factor; part++)
        {
            int[] seeds = [.. Enumerable.Range(firstSeed + (part * 55), 55)];
            IReadOnlyList<string> differences = CompiledAgainstReference.Differences([.. seeds.Select(seed => RandomGraph.Create(seed, Length))], element);
            if (differences.Count == 0) continue;
            int failing = seeds.First(seed => differences.Any(difference => difference.StartsWith($"seed {seed},", StringComparison.Ordinal)));
            Assert.Fail($"{differences.Count} differences, the first with seed {failing}:\n{Shortest(failing, element)}\nAll:\n{string.Join("\n", differences.Take(20))}");
        }
    }

    private static string Shortest(int seed, ElementType element)
    {
        for (int length = 0; length <= Length; length++)
        {
            GraphCase candidate = RandomGraph.Create(seed, length);
            IReadOnlyList<string> differences = CompiledAgainstReference.Differences([candidate], element);
            if (differences.Count > 0)
                return $"{length} operations: {differences[0]}\n{string.Join("\n", candidate.Build().Functions[0].Graph.Nodes)}";
        }

        return "no beginning of it fails alone";
    }
}
