using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Schedules;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// Orders a function's calls in phases with a barrier between two: a call joins the current phase unless another worker's part of an earlier call in it
/// must be finished first.
/// </summary>
public static class PhasePlan
{
    /// <summary>The calls in phases.</summary>
    public static IReadOnlyList<IReadOnlyList<ScheduledCall>> Order(IReadOnlyList<ScheduledCall> calls)
    {
        List<int>[] before = Dependencies(calls);
        var phaseOf = new int[calls.Count];
        var done = new bool[calls.Count];
        var phases = new List<IReadOnlyList<ScheduledCall>>();
        for (int left = calls.Count; left > 0;)
        {
            int phase = phases.Count + 1;
            var current = new List<ScheduledCall>();
            bool added = true;
            while (added)
            {
                added = false;
                for (int index = 0; index < calls.Count; index++)
                {
                    if (done[index] || !before[index].All(earlier => done[earlier] && (phaseOf[earlier] < phase || !NeedsBarrier(calls[earlier], calls[index])))) continue;
                    done[index] = true;
                    phaseOf[index] = phase;
                    current.Add(calls[index]);
                    added = true;
                    left--;
                }
            }

            phases.Add(current);
        }

        return phases;
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
