using System.Collections.Generic;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Kernels;

/// <summary>A kernel's parameter. References say what they point to and whether the kernel writes there.</summary>
public sealed record KernelParameter(Value.Variable Variable, ElementType Element = ElementType.Float32);

/// <summary>A method of the compiled program: a tile, a loop nest, or the loop over a worker's share that calls them.</summary>
/// <param name="Name">Unique within the program.</param>
/// <param name="Comment">What was fused and which schedule was chosen, for the reader.</param>
/// <param name="UsesRandomNumbers">Whether it draws random numbers: it then also takes seed and iteration.</param>
public sealed record Kernel(
    string Name,
    IReadOnlyList<string> Comment,
    IReadOnlyList<KernelParameter> Parameters,
    IReadOnlyList<KernelStatement> Body,
    bool UsesRandomNumbers = false);
