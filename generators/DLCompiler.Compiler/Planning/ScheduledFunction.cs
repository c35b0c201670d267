using System.Collections.Generic;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Schedules;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Planning;

/// <summary>A function at one instruction-set level, ready to print: what is prepared for many calls, the program (a barrier stands between two parts),
/// kernels and memory. Operations are those on numbers: what decides how many workers it is worth.</summary>
public sealed record ScheduledFunction(
    FunctionGraph Function,
    Target Target,
    SideBySide SideBySide,
    Dimension Operations,
    PreparedValues Prepared,
    IReadOnlyList<ProgramPart> Program,
    IReadOnlyDictionary<string, Kernel> Kernels,
    MemoryPlan Memory,
    FunctionDecisions Decisions)
{
    /// <summary>Whether it is quicker than its other forms for many samples, too.</summary>
    public bool SuitsManySamples { get; init; }

    /// <summary>Whether convolutions are in it, which take sixteen samples side by side where there are as many.</summary>
    public bool HasConvolutions { get; init; }

    /// <summary>Samples of a block: the least that is given to a worker.</summary>
    public int BlockSamples => SideBySide.BlockSamples();
}
