using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Schedules;
using Buffer = DLCompiler.Compiler.Schedules.Buffer;

namespace DLCompiler.Compiler.Planning;

/// <summary>What runs between two barriers: calls that are split by samples, of which a worker runs one after the other on its own, and calls that are split
/// otherwise.</summary>
public sealed record Phase(IReadOnlyList<ScheduledCall> Samples, IReadOnlyList<ScheduledCall> Others);

/// <summary>
/// Orders a function's calls in phases with a barrier between two: a call joins a phase unless another worker's part of an earlier call in it must be finished
/// first. There are as few phases as dependencies allow, and each call stands in the last one possible, so that what belongs together runs
/// together; but what reduces its operands stands with them, and what makes room stands as early as its operands allow.
/// </summary>
public static class PhasePlan
{
    /// <summary>The calls in phases.</summary>
    public static IReadOnlyList<Phase> Order(IReadOnlyList<ScheduledCall> calls)
    {
        List<int>[] before = Dependencies(calls);
        var phaseOf = new int[calls.Count];
        int phases = 0;
        for (int index = 0; index < calls.Count; index++)
        {
            foreach (int earlier in before[index]) phaseOf[index] = Math.Max(phaseOf[index], phaseOf[earlier]
                + (NeedsBarrier(calls[earlier], calls[index]) ? 1 : 0));
            phases = Math.Max(phases, phaseOf[index] + 1);
        }

        var last = Enumerable.Repeat(phases - 1, calls.Count).ToArray();
        for (int index = calls.Count - 1; index >= 0; index--)
        {
            if (calls[index].Soon) last[index] = phaseOf[index];
            foreach (int earlier in before[index]) last[earlier] = Math.Min(last[earlier], last[index] - (NeedsBarrier(calls[earlier], calls[index]) ? 1 : 0));
        }

        for (int index = 0; index < calls.Count; index++)
            if (calls[index].Early) last[index] = before[index].Aggregate(0,
                (phase, earlier) => Math.Max(phase, last[earlier] + (NeedsBarrier(calls[earlier], calls[index]) ? 1 : 0)));

        return [.. Enumerable.Range(0, phases).Select(phase => calls.Where((_, index) => last[index] == phase).ToList())
            .Select(current => new Phase([.. current.Where(call => call.Partition is Partition.Samples)],
                [.. current.Where(call => call.Partition is not Partition.Samples)]))];
    }

    private static List<int>[] Dependencies(IReadOnlyList<ScheduledCall> calls)
    {
        var before = new List<int>[calls.Count];
        var writers = new Dictionary<Buffer, List<int>>();
        var readers = new Dictionary<Buffer, List<int>>();
        for (int index = 0; index < calls.Count; index++)
        {
            var list = new HashSet<int>();
            foreach (Read read in calls[index].Reads) Collect(writers, read.Buffer, list);
            foreach (Buffer write in calls[index].Writes)
            {
                Collect(writers, write, list);
                Collect(readers, write, list);
            }

            foreach (Read read in calls[index].Reads) Note(readers, read.Buffer, index);
            foreach (Buffer write in calls[index].Writes) Note(writers, write, index);
            before[index] = [.. list];
        }

        return before;

        static void Collect(Dictionary<Buffer, List<int>> users, Buffer buffer, HashSet<int> into)
        {
            if (users.TryGetValue(Key(buffer), out List<int>? list)) into.UnionWith(list);
        }

        static void Note(Dictionary<Buffer, List<int>> users, Buffer buffer, int index)
        {
            if (!users.TryGetValue(Key(buffer), out List<int>? list)) users[Key(buffer)] = list = [];
            list.Add(index);
        }
    }

    // A view is its owner's memory; parameters and states have one buffer each, optimizer states are made anew for each use and belong to one call.
    private static Buffer Key(Buffer buffer) => buffer.Owner;

    private static bool NeedsBarrier(ScheduledCall earlier, ScheduledCall later)
    {
        if (earlier.Partition is Partition.Single && later.Partition is Partition.Single) return false;
        if (earlier.Partition is not Partition.Samples || later.Partition is not Partition.Samples) return true;

        // Both go by samples: only what is read across samples must wait.
        bool Crosses(ScheduledCall reader, ScheduledCall writer) =>
            reader.Reads.Any(read => (!read.OwnSamples || !read.Buffer.IsBatch) && writer.Writes.Any(write => Key(write) == Key(read.Buffer)));
        return Crosses(later, earlier) || Crosses(earlier, later);
    }
}
