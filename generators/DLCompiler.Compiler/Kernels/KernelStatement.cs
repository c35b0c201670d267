using System.Collections.Generic;

namespace DLCompiler.Compiler.Kernels;

/// <summary>A statement of the kernel language.</summary>
public abstract record KernelStatement
{
    /// <summary>A new variable with a value.</summary>
    public sealed record Declare(Value.Variable Variable, Value Initial) : KernelStatement;

    /// <summary>A variable's new value; for references: what it refers to.</summary>
    public sealed record Assign(Value.Variable Variable, Value NewValue) : KernelStatement;

    /// <summary>Writes an element or a vector to memory.</summary>
    public sealed record Store(Value Reference, Value Offset, Value Stored) : KernelStatement;

    /// <summary>Counts from a start up to (not including) an end.</summary>
    public sealed record For(Value.Variable Counter, Value Start, Value End, Value Step, IReadOnlyList<KernelStatement> Body) : KernelStatement;

    /// <summary>Runs statements if a comparison of integers holds.</summary>
    public sealed record If(Value Left, string Comparison, Value Right, IReadOnlyList<KernelStatement> Then, IReadOnlyList<KernelStatement> Else)
        : KernelStatement;

    /// <summary>Repeats statements while a comparison of integers holds.</summary>
    public sealed record While(Value Left, string Comparison, Value Right, IReadOnlyList<KernelStatement> Body) : KernelStatement;

    /// <summary>Calls a kernel of the same program.</summary>
    public sealed record Call(string Kernel, IReadOnlyList<Value> Arguments) : KernelStatement;

    /// <summary>Calls a primitive of the run-time library with references and integers.</summary>
    public sealed record Primitive(string Name, IReadOnlyList<Value> Arguments) : KernelStatement;

    /// <summary>A line for the reader.</summary>
    public sealed record Comment(string Text) : KernelStatement;

    /// <summary>Several statements of one line: what belongs together in a tile's row.</summary>
    public sealed record Line(IReadOnlyList<KernelStatement> Statements) : KernelStatement;
}
