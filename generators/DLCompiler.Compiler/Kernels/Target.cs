using System;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Kernels;

/// <summary>An instruction-set level that kernels are emitted for.</summary>
public enum InstructionSet
{
    Scalar,
    Vector128,
    Vector256,
    Vector512,
}

/// <summary>What schedules know of a processor: vector width and registers of an instruction-set level, for one element type. Never the build
/// machine.</summary>
public sealed record Target(InstructionSet InstructionSet, ElementType Element)
{
    /// <summary>Samples that the batch-innermost layout keeps side by side, at every level.</summary>
    public const int BlockSamples = 16;

    /// <summary>Bytes that a core's second-level cache has for activations, beside weights.</summary>
    public long CacheBytes { get; init; } = 768 * 1024;

    /// <summary>Bytes of one element.</summary>
    public int ElementBytes => Element == ElementType.Float64 ? 8 : 4;

    /// <summary>Elements of one vector; 1 at the scalar level.</summary>
    public int Lanes => InstructionSet switch
    {
        InstructionSet.Vector512 => 64 / ElementBytes,
        InstructionSet.Vector256 => 32 / ElementBytes,
        InstructionSet.Vector128 => 16 / ElementBytes,
        _ => 1,
    };

    /// <summary>Architectural vector registers: 32 with AVX-512, else 16 (x86-64; NEON has more).</summary>
    public int Registers => InstructionSet == InstructionSet.Vector512 ? 32 : 16;

    /// <summary>The kind of a pack of <see cref="Lanes"/> elements.</summary>
    public ValueKind Pack => Lanes == 1 ? ValueKind.Real : ValueKind.Vector;

    /// <summary>Vectors that one block of samples takes.</summary>
    public int VectorsPerBlock => BlockSamples / Lanes;

    /// <summary>The element type's C# keyword.</summary>
    public string Keyword => Element == ElementType.Float64 ? "double" : "float";
}
