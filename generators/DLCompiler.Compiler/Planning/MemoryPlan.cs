using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Schedules;
using DLCompiler.Compiler.Shapes;
using Buffer = DLCompiler.Compiler.Schedules.Buffer;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// The arena: every buffer that a function needs only while it runs, at a fixed place. Buffers of constant size come first; those of samples follow, at multiples
/// of the number of blocks, so that one plan serves every batch size. Two buffers share memory if a barrier separates their lives.
/// </summary>
public sealed class MemoryPlan
{
    private const long Alignment = 64;

    // Kernels may read (never use) up to a vector beyond a buffer's end.
    private const long Slack = 128;

    private readonly Dictionary<Buffer, long> offsets = [];

    /// <summary>Places all arena buffers that the calls use.</summary>
    public MemoryPlan(IReadOnlyList<IReadOnlyList<ScheduledCall>> phases, Target target)
    {
        var lives = new Dictionary<Buffer, (int First, int Last)>();
        for (int phase = 0; phase < phases.Count; phase++)
            foreach (ScheduledCall call in phases[phase])
                foreach (Buffer buffer in call.Reads.Select(read => read.Buffer).Concat(call.Writes).Select(buffer => buffer.Owner).Where(buffer => buffer.Space == BufferSpace.Arena))
                    lives[buffer] = lives.TryGetValue(buffer, out (int First, int Last) life) ? (life.First, phase) : (phase, phase);
        ConstantBytes = Place(lives, buffer => !buffer.IsBatch, target);
        BytesPerBlock = Place(lives, buffer => buffer.IsBatch, target);
    }

    /// <summary>Bytes of buffers whose size does not depend on the batch.</summary>
    public long ConstantBytes { get; }

    /// <summary>Bytes of buffers for each block of sixteen samples.</summary>
    public long BytesPerBlock { get; }

    /// <summary>Bytes behind the last buffer.</summary>
    public static long EndBytes => Slack;

    /// <summary>A buffer's first byte: the constant part, and the part for each block.</summary>
    public (long Constant, long PerBlock) OffsetOf(Buffer buffer) => buffer.Owner.IsBatch ? (ConstantBytes, offsets[buffer.Owner]) : (offsets[buffer.Owner], 0);

    private static long Size(Buffer buffer, Target target)
    {
        Dimension length = buffer.StorageLength;
        long elements = buffer.IsBatch ? length.TryDivide(Dimension.Symbol(Buffer.BlocksSymbol), out Dimension perBlock) ? perBlock.Value : throw new InvalidOperationException($"{buffer}: no size per block") : length.Value;
        return ((elements * target.ElementBytes) + Alignment - 1) / Alignment * Alignment;
    }

    // First fit, largest first: each buffer takes the lowest place that is free for its whole life.
    private long Place(Dictionary<Buffer, (int First, int Last)> lives, Func<Buffer, bool> kind, Target target)
    {
        var placed = new List<(Buffer Buffer, long Start, long End)>();
        long total = 0;
        foreach (Buffer buffer in lives.Keys.Where(kind).OrderByDescending(buffer => Size(buffer, target)).ThenBy(buffer => lives[buffer].First).ThenBy(buffer => buffer.Name, StringComparer.Ordinal))
        {
            (int first, int last) = lives[buffer];
            long size = Size(buffer, target), start = 0;
            foreach ((Buffer other, long otherStart, long otherEnd) in placed.OrderBy(place => place.Start))
            {
                if (lives[other].Last < first || lives[other].First > last) continue;
                if (start + size <= otherStart) break;
                start = Math.Max(start, otherEnd);
            }

            placed.Add((buffer, start, start + size));
            offsets[buffer] = start;
            total = Math.Max(total, start + size);
        }

        return total;
    }
}
