using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>What counts the steps of a loop: from 0 up, or from the last one down.</summary>
/// <param name="Name">The variable's name in emitted code.</param>
/// <param name="Count">How many steps.</param>
/// <param name="Reverse">Whether it counts down.</param>
public sealed record LoopCounter(string Name, Dimension Count, bool Reverse);

/// <summary>Work that is done once for each step of a loop.</summary>
public sealed record ScheduledLoop(
    string Title,
    LoopCounter Counter,
    IReadOnlyList<ScheduledWork> Body,
    IReadOnlyList<Read> Reads,
    IReadOnlyList<Buffer> Writes) : ScheduledWork(Title, Reads, Writes)
{
    /// <summary>A loop that reads and writes what its steps do.</summary>
    public static ScheduledLoop Of(string title, LoopCounter counter, IReadOnlyList<ScheduledWork> body) =>
        new(title, counter, body, [.. body.SelectMany(work => work.Reads).Distinct()], [.. body.SelectMany(work => work.Writes).Distinct()]);
}
