using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Schedules;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// What a prediction computes from parameters and states alone: packed weights, folded normalisations. It is computed when they have changed, not at each call,
/// and lives in a block of its own.
/// </summary>
public sealed class PreparedValues
{
    private readonly Dictionary<Buffer, long> offsets = [];

    /// <summary>Finds such calls and gives their results a home.</summary>
    public PreparedValues(IReadOnlyList<ScheduledWork> works, Target target)
    {
        var prepared = new HashSet<ScheduledWork>(works.Where(work => work is ScheduledCall call && IsConstant(call)));
        ILookup<Buffer, ScheduledWork> writers = works.SelectMany(work => work.Writes.Select(write => (Buffer: write.Owner, Work: work)))
            .ToLookup(pair => pair.Buffer, pair => pair.Work);
        while (prepared.RemoveWhere(work => !work.Reads.All(read => IsKnown(read.Buffer.Owner))
            || !work.Writes.All(write => writers[write.Owner].All(prepared.Contains))) > 0)
        {
        }

        Calls = [.. works.Where(prepared.Contains).Cast<ScheduledCall>()];
        Others = [.. works.Where(work => !prepared.Contains(work))];
        foreach (Buffer buffer in Calls.SelectMany(call => call.Writes).Select(write => write.Owner).Distinct())
        {
            buffer.Space = BufferSpace.Prepared;
            offsets.Add(buffer, Bytes);
            Bytes += MemoryPlan.Size(buffer, target);
        }

        bool IsKnown(Buffer buffer) => buffer.Space is BufferSpace.Parameter or BufferSpace.State
            || (buffer.Space == BufferSpace.Arena && writers[buffer].Any() && writers[buffer].All(prepared.Contains));
    }

    /// <summary>The calls that prepare, in their order.</summary>
    public IReadOnlyList<ScheduledCall> Calls { get; }

    /// <summary>The work of a prediction.</summary>
    public IReadOnlyList<ScheduledWork> Others { get; }

    /// <summary>Bytes of all prepared values.</summary>
    public long Bytes { get; }

    /// <summary>A prepared value's first byte.</summary>
    public long OffsetOf(Buffer buffer) => offsets[buffer.Owner];

    private static bool IsConstant(ScheduledCall call) => call.Partition switch
    {
        Partition.Items items => items.Count.IsConstant,
        Partition.Single single => single.Count.IsConstant,
        _ => false,
    } && !call.Kernel.UsesRandomNumbers
        && call.Arguments.All(argument => argument is CallArgument.Memory || argument is CallArgument.Size { Value.IsConstant: true })
        && call.Writes.All(write => write.Owner.Space == BufferSpace.Arena && write.StorageLength.IsConstant);
}
