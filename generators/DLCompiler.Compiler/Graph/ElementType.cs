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

/// <summary>Properties of element types.</summary>
public static class ElementTypeExtensions
{
    /// <summary>Whether the elements are floating-point numbers: the only ones that carry gradients.</summary>
    public static bool IsFloat(this ElementType element) => element is ElementType.Float32 or ElementType.Float64;
}
