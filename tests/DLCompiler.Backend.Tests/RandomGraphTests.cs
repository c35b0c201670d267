using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Random models, forward and backward, at every level: what hand-written cases don't combine. A failure is reported with as few operations as it
/// takes. Half of them have values that the backward pass computes again.</summary>
public sealed class RandomGraphTests
{
    private const int Length = 9;

    private static readonly int Factor = CompiledAgainstReference.IsFull ? 10 : 1;

    [Theory]
    [InlineData(0, ElementType.Float64, false)]
    [InlineData(1000, ElementType.Float32, false)]
    [InlineData(2000, ElementType.Float64, true)]
    [InlineData(3000, ElementType.Float32, true)]
    public void MatchTheReference(int firstSeed, ElementType element, bool marked)
    {
        for (int part = 0; part < Factor; part++)
        {
            int[] seeds = [.. Enumerable.Range(firstSeed + (part * 55), 55)];
            IReadOnlyList<string> differences = CompiledAgainstReference.Differences([.. seeds.Select(seed => RandomGraph.Create(seed, Length, marked: marked))], element);
            if (differences.Count == 0) continue;
            int failing = seeds.First(seed => differences.Any(difference => difference.StartsWith($"seed {seed},", StringComparison.Ordinal)));
            Assert.Fail($"{differences.Count} differences, the first with seed {failing}:\n{Shortest(failing, element, failing - seeds[0], marked)}\nAll:\n{string.Join("\n", differences.Take(20))}");
        }
    }

    // The shortest beginning that fails, then without each operation that it fails without, too.
    private static string Shortest(int seed, ElementType element, int rotation, bool marked)
    {
        int length = Enumerable.Range(0, Length + 1).FirstOrDefault(candidate => Differences(candidate, []).Count > 0, -1);
        if (length < 0) return "it does not fail alone";
        int[] without = [];
        for (int operation = length - 2; operation >= 0; operation--)
            if (Differences(length, [.. without, operation]).Count > 0) without = [.. without, operation];
        return $"{Differences(length, without)[0]}\n{string.Join("\n", RandomGraph.Create(seed, length, without, marked: marked).Build().Functions[0].Graph.Nodes)}";

        IReadOnlyList<string> Differences(int candidate, int[] dropped) =>
            CompiledAgainstReference.Differences([RandomGraph.Create(seed, candidate, dropped, marked: marked)], element, rotation);
    }
}
