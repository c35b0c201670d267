using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Schedules;
using Buffer = DLCompiler.Compiler.Schedules.Buffer;

namespace DLCompiler.Compiler.Planning;

/// <summary>A part of a function's program: a barrier stands before each but the first.</summary>
public abstract record ProgramPart
{
    /// <summary>All phases of some parts, in their order.</summary>
    public static IEnumerable<Phase> Phases(IEnumerable<ProgramPart> parts) =>
        parts.SelectMany(part => part is PhaseLoop loop ? Phases(loop.Parts) : [(Phase)part]);
}

/// <summary>What runs between two barriers: calls that are split by samples, of which a worker runs one after the other on its own, and calls that are split
/// otherwise.</summary>
public sealed record Phase(IReadOnlyList<ScheduledCall> Samples, IReadOnlyList<ScheduledCall> Others) : ProgramPart
{
    /// <summary>All of them.</summary>
    public IEnumerable<ScheduledCall> Calls => Samples.Concat(Others);
}

/// <summary>A loop of parts.</summary>
/// <param name="Loop">What it does.</param>
/// <param name="Parts">Its body.</param>
/// <param name="HasBarrier">Whether workers wait for each other after each step, too.</param>
public sealed record PhaseLoop(ScheduledLoop Loop, IReadOnlyList<ProgramPart> Parts, bool HasBarrier) : ProgramPart;

/// <summary>
/// Orders a function's calls in phases with a barrier between two: a call joins a phase unless another worker's part of an earlier call in it must be finished
/// first. There are as few phases as dependencies allow, and each call stands in the last one possible, so that what belongs together runs
/// together; but what reduces its operands stands with them, and what makes room stands as early as its operands allow.
/// </summary>
public static class PhasePlan
{
    /// <summary>The calls in phases. Loops are parts of their own.</summary>
    public static IReadOnlyList<ProgramPart> Order(IReadOnlyList<ScheduledWork> calls)
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

        return [.. Enumerable.Range(0, phases).SelectMany(phase => Parts([.. calls.Where((_, index) => last[index] == phase)]))];
    }

    private static IEnumerable<ProgramPart> Parts(IReadOnlyList<ScheduledWork> works)
    {
        ScheduledCall[] calls = [.. works.OfType<ScheduledCall>()];
        if (calls.Length > 0)
            yield return new Phase([.. calls.Where(call => call.Partition is Partition.Samples)],
                [.. calls.Where(call => call.Partition is not Partition.Samples)]);
        foreach (ScheduledLoop loop in works.OfType<ScheduledLoop>()) yield return Repeated(loop);
    }

    // Parts may share memory: what one of them reads, the next step's first ones may write.
    private static PhaseLoop Repeated(ScheduledLoop loop)
    {
        IReadOnlyList<ProgramPart> parts = Order(loop.Body);
        return new PhaseLoop(loop, parts, parts.Count > 1 || NeedsBarrier(loop.Body));
    }

    // Whether a step must wait for other workers' parts of the step before it.
    private static bool NeedsBarrier(IReadOnlyList<ScheduledWork> body)
    {
        return body.Any(earlier => body.Any(later => Share(earlier, later) && NeedsBarrier(earlier, later)));

        static bool Share(ScheduledWork earlier, ScheduledWork later) => earlier.Writes.Any(write => Uses(later, write))
            || later.Writes.Any(write => Uses(earlier, write));

        static bool Uses(ScheduledWork work, Buffer buffer) =>
            work.Reads.Select(read => read.Buffer).Concat(work.Writes).Any(other => Key(other) == Key(buffer));
    }

    private static List<int>[] Dependencies(IReadOnlyList<ScheduledWork> calls)
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

    private static bool NeedsBarrier(ScheduledWork first, ScheduledWork second)
    {
        if (first is not ScheduledCall earlier || second is not ScheduledCall later) return true;
        if (earlier.Partition is Partition.Single && later.Partition is Partition.Single) return false;
        if (earlier.Partition is not Partition.Samples || later.Partition is not Partition.Samples) return true;

        // Both go by samples: only what is read across samples must wait.
        bool Crosses(ScheduledCall reader, ScheduledCall writer) =>
            reader.Reads.Any(read => (!read.OwnSamples || !read.Buffer.IsBatch) && writer.Writes.Any(write => Key(write) == Key(read.Buffer)));
        return Crosses(later, earlier) || Crosses(earlier, later);
    }
}
