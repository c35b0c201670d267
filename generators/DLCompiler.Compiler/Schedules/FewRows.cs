using System;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>How a product takes few rows: in tiles of one or two rows that have several sums for each element.</summary>
/// <param name="Below">Batches of fewer rows are taken so.</param>
/// <param name="Sums">Sums in registers: those of all elements of a tile.</param>
public readonly record struct FewRows(int Below, int Sums)
{
    // Two multiply-adds a cycle that take four cycles each want eight sums, else they wait for themselves.
    private const int OwnSums = 8, OwnBelow = 4, Most = 64;

    /// <summary>Decides it for a product of a prediction.</summary>
    /// <param name="decisions">Where the choices are noted, and may be others.</param>
    /// <param name="part">The product's result.</param>
    /// <param name="target">The level.</param>
    public static FewRows Choose(FunctionDecisions decisions, string part, Target target) => new(
        decisions.Choose(part, "alone", OwnBelow, "fewer rows wait for their own multiply-adds, and those with several sums do not",
            text => ChoiceText.Number(text, 0, Most, "rows")),
        decisions.Choose(part, "chains", OwnSums, "two multiply-adds a cycle, each of which takes four",
            text => ChoiceText.Number(text, 1, target.Registers / 2, "sums")));

    /// <summary>Sums of each element of a tile.</summary>
    /// <param name="rows">The tile's rows.</param>
    /// <param name="vectors">Vectors side by side.</param>
    /// <param name="depth">Steps.</param>
    public int Parts(int rows, int vectors, long depth) => depth >= Sums ? Math.Max(1, Sums / (rows * vectors)) : 1;
}
