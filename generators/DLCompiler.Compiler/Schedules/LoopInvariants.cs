using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Takes out of a loop what is the same at each step: a weight in another layout, and whatever else is computed from values around the loop
/// alone.</summary>
public static class LoopInvariants
{
    /// <summary>The calls that are needed once, and those of each step.</summary>
    public static (IReadOnlyList<ScheduledWork> Once, IReadOnlyList<ScheduledWork> EachStep) Split(IReadOnlyList<ScheduledWork> body, LoopCounter counter)
    {
        var varying = new HashSet<ScheduledWork>(body.Where(work => work is not ScheduledCall { Kernel.UsesRandomNumbers: false }
            || work.Reads.Select(read => read.Buffer).Concat(work.Writes).Any(AtStep)));

        // What varying work writes varies, and so does all that is made of it, or written to the same memory.
        bool found = varying.Count > 0;
        while (found)
        {
            var memory = new HashSet<Buffer>(varying.SelectMany(work => work.Writes).Select(buffer => buffer.Owner));
            found = body.Where(work => !varying.Contains(work)
                && work.Reads.Select(read => read.Buffer).Concat(work.Writes).Any(buffer => memory.Contains(buffer.Owner))).ToList().Count(varying.Add) > 0;
        }

        return ([.. body.Where(work => !varying.Contains(work))], [.. body.Where(varying.Contains)]);

        bool AtStep(Buffer buffer) => buffer.Places.Any(place => place.Counter == counter);
    }
}
