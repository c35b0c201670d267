using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace DLCompiler.Generator.Tests.Robustness;

/// <summary>
/// Models with random mistakes, from a seed: 10,000 with <c>DLC_TEST_FULL=1</c>, or as many as <c>DLC_MUTANTS</c> says. A failing mutant is reported with the
/// fewest of its mutations that still fail.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private static int Count => Environment.GetEnvironmentVariable("DLC_MUTANTS") is { } count
        ? int.Parse(count, CultureInfo.InvariantCulture)
        : Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 10_000 : 300;

    [Fact]
    public async Task MutantsNeverBreakTheCompiler()
    {
        List<string> failures = [];
        int compiled = 0;
        for (int seed = 0; seed < Count && failures.Count < 10; seed++)
        {
            Mutant mutant = Mutant.Create(seed);
            // Emission takes most of the time: every tenth mutant goes all the way.
            bool all = seed % 10 == 0;
            compiled += all ? 1 : 0;
            if (await Complaint(mutant, all) is not { } complaint) continue;
            for (int index = mutant.Mutations.Count - 1; index >= 0; index--)
            {
                Mutant smaller = mutant.Without(index);
                if (await Complaint(smaller, all) is not { } same) continue;
                (mutant, complaint) = (smaller, same);
            }

            failures.Add($"seed {seed}: {complaint}\n{mutant.Text}");
        }

        output.WriteLine($"{Count} mutants, {compiled} of them with kernels, {failures.Count} failures");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Theory]
    [InlineData(nameof(Samples.LeNet5))]
    [InlineData(nameof(Samples.Mlp))]
    [InlineData(nameof(Samples.Gan))]
    [InlineData(nameof(Samples.ResidualNet))]
    public async Task NoPrefixBreaksTheCompiler(string sample)
    {
        string text = Mutant.Sample(sample);
        // Every character as it is typed is for the full run; else the ends of all tokens.
        IEnumerable<int> ends = Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1"
            ? Enumerable.Range(0, text.Length)
            : Mutant.Tokens(text).Where((_, index) => index % 3 == 0).Select(token => token.End);
        foreach (int end in ends) Assert.Null(await Survival.Complaint(text[..end]));
    }

    [Theory]
    [InlineData(nameof(Samples.LeNet5))]
    [InlineData(nameof(Samples.Mlp))]
    [InlineData(nameof(Samples.Gan))]
    [InlineData(nameof(Samples.ResidualNet))]
    public async Task NoMissingTokenBreaksTheCompiler(string sample)
    {
        string text = Mutant.Sample(sample);
        bool full = Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1";
        foreach ((int start, int end) in Mutant.Tokens(text).Where((_, index) => full || index % 4 == 0))
            Assert.Null(await Survival.Complaint(text[..start] + text[end..]));
    }

    private static Task<string?> Complaint(Mutant mutant, bool all) => Survival.Complaint(mutant.Text, all);
}
