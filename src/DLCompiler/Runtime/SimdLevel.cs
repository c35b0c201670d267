namespace DLCompiler.Runtime;

/// <summary>The instruction-set level a compiled model runs at. Emitted code has a variant for each.</summary>
public enum SimdLevel
{
    /// <summary>No vectors: any processor.</summary>
    Scalar,

    /// <summary>128-bit vectors: SSE, NEON.</summary>
    Vector128,

    /// <summary>256-bit vectors with fused multiply-add: AVX2.</summary>
    Vector256,

    /// <summary>512-bit vectors: AVX-512.</summary>
    Vector512,
}
