using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Schedules;
using DLCompiler.Compiler.Shapes;
using Buffer = DLCompiler.Compiler.Schedules.Buffer;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// Lets a worker take its samples through all of a phase's calls a few blocks at a time: what only these calls use then lives in scratch memory of the
/// worker's own, which stays
/// in the cache whatever the batch.
/// </summary>
public sealed class BatchTiling
{
    // Weights are read once for each part of the samples: where they are more than a block's values, a part has two blocks at least.
    private const int FewestBlocksForWeights = 2, MostBlocks = 16;

    // The same where a block is one sample, with rows of its own.
    private const int FewestRowsForWeights = FewestBlocksForWeights * Target.BlockSamples, MostSamples = MostBlocks * Target.BlockSamples;

    private readonly Dictionary<Buffer, long> offsets = [];

    /// <summary>Plans the tiles of a phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="isLocal">Whether only this phase's calls that are split by samples use a buffer.</param>
    /// <param name="target">The level and element type.</param>
    /// <param name="decisions">Where the choice is noted, and may be another.</param>
    /// <param name="sideBySide">What lies side by side.</param>
    /// <param name="part">The phase's name.</param>
    public BatchTiling(Phase phase, Func<Buffer, bool> isLocal, Target target, FunctionDecisions decisions, SideBySide sideBySide, string part)
    {
        var lives = new Dictionary<Buffer, (int First, int Last)>();
        for (int index = 0; index < phase.Samples.Count; index++)
            foreach (Buffer buffer in Used(phase.Samples[index]).Where(buffer => buffer.Space == BufferSpace.Arena && buffer.IsBatch && isLocal(buffer)))
                lives[buffer] = lives.TryGetValue(buffer, out (int First, int Last) life) ? (life.First, index) : (index, index);
        BytesPerBlock = Placement.Place(lives, buffer => MemoryPlan.Size(buffer, target), offsets);
        long weights = phase.Samples.SelectMany(Used).Where(buffer => buffer.StorageLength.IsConstant).Distinct()
            .Sum(buffer => MemoryPlan.Size(buffer, target));
        bool rows = sideBySide == SideBySide.Rows;
        long rowsOfSample = lives.Keys.Select(RowsOfSample).DefaultIfEmpty(1).Max();
        int fewest = weights <= BytesPerBlock ? 1 : rows ? (int)Math.Max(1, FewestRowsForWeights / rowsOfSample) : FewestBlocksForWeights;
        Blocks = BytesPerBlock == 0 ? 0 : (int)Math.Min(rows ? MostSamples : MostBlocks, Math.Max(fewest, target.CacheBytes / BytesPerBlock));
        Scratch = [.. lives.Keys];
        string kibibytes = ChoiceText.Integer(BytesPerBlock * Blocks / 1024), cache = ChoiceText.Integer(target.CacheBytes / 1024);
        if (Blocks > 0)
            Blocks = SampleBlocks.Choose(decisions, part, "samples", Blocks,
                $"{kibibytes} KiB of values between calls, of {cache} in the cache, beside {ChoiceText.Integer(weights / 1024)} of weights",
                    Scratch[0].BlockSamples);
        foreach (Buffer buffer in Scratch) BytesOf[buffer] = buffer.StorageLength.Terms[0].Coefficient * target.ElementBytes;
    }

    /// <summary>Blocks of sixteen samples that are taken through the phase together; 0 where nothing is gained.</summary>
    public int Blocks { get; }

    /// <summary>Bytes of scratch memory for each of these blocks.</summary>
    public long BytesPerBlock { get; }

    /// <summary>The buffers that live in scratch memory.</summary>
    public IReadOnlyList<Buffer> Scratch { get; }

    private Dictionary<Buffer, long> BytesOf { get; } = [];

    /// <summary>Where a buffer would begin for the batch's first block, if its part for the current blocks lies in scratch memory: a constant, and bytes to
    /// go back for each earlier block.</summary>
    public (long Constant, long PerBlock) OffsetOf(Buffer buffer) => (offsets[buffer.Owner] * Blocks, BytesOf[buffer.Owner]);

    /// <summary>Whether a buffer lives in scratch memory.</summary>
    public bool Holds(Buffer buffer) => offsets.ContainsKey(buffer.Owner);

    // Runs along the last axis.
    private static long RowsOfSample(Buffer buffer) =>
        buffer.Shape.Skip(1).Take(buffer.Shape.Rank - 2).Aggregate(buffer.RowsPerSample, (product, size) => product * size.Value);

    /// <summary>The memory that a call uses.</summary>
    public static IEnumerable<Buffer> Used(ScheduledCall call) => call.Reads.Select(read => read.Buffer).Concat(call.Writes).Select(buffer => buffer.Owner);
}
