namespace DLCompiler.Compiler.Graph;

/// <summary>The type of a tensor's elements.</summary>
public enum ElementType
{
    /// <summary>32-bit floating point: what <c>Tensor</c> holds.</summary>
    Float32,

    /// <summary>64-bit floating point: the type of gradient checks.</summary>
    Float64,

    /// <summary>32-bit integers: labels, tokens, indices.</summary>
    Int32,

    /// <summary>Truth values: masks.</summary>
    Bool,

    /// <summary>Bytes: raw input.</summary>
    UInt8,
}
