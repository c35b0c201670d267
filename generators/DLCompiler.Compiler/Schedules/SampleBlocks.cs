using System;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Decisions about blocks of samples, counted in samples as comments and overrides do.</summary>
public static class SampleBlocks
{
    // More than are ever worth taking together.
    private const int MostSamples = 4096;

    /// <summary>Decides a number of blocks of samples.</summary>
    /// <param name="decisions">Where the choice is noted, and may be another.</param>
    /// <param name="part">What it is about.</param>
    /// <param name="name">What is chosen.</param>
    /// <param name="own">The schedule's own choice, in blocks.</param>
    /// <param name="why">Its reason.</param>
    /// <param name="size">Samples of a block.</param>
    /// <returns>Blocks.</returns>
    public static int Choose(FunctionDecisions decisions, string part, string name, int own, string why, int size = Target.BlockSamples) =>
        decisions.Choose(part, name, own * size, why,
            text => ChoiceText.Number(text, size, Math.Max(MostSamples, own * size), "samples") is var samples && samples % size == 0 ? samples
                : throw new ImpossibleChoiceException($"samples are a multiple of {ChoiceText.Integer(size)}")) / size;
}
