using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Schedules;

namespace DLCompiler.Compiler.Planning;

/// <summary>A function at one instruction-set level, ready to print: what is prepared for many calls, calls in phases (a barrier stands between two phases),
/// kernels and memory.</summary>
public sealed record ScheduledFunction(
    FunctionGraph Function,
    Target Target,
    SideBySide SideBySide,
    PreparedValues Prepared,
    IReadOnlyList<Phase> Phases,
    IReadOnlyDictionary<string, Kernel> Kernels,
    MemoryPlan Memory)
{
    /// <summary>Samples of a block: the least that is given to a worker.</summary>
    public int BlockSamples => SideBySide == SideBySide.Samples ? Target.BlockSamples : 1;
}
