using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Planning;

/// <summary>A function at one instruction-set level, ready to print: calls in phases (a barrier stands between two phases), kernels and memory.</summary>
public sealed record ScheduledFunction(
    FunctionGraph Function,
    Target Target,
    IReadOnlyList<Phase> Phases,
    IReadOnlyDictionary<string, Kernel> Kernels,
    MemoryPlan Memory);
