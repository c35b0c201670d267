namespace DLCompiler;

/// <summary>What padding is made of.</summary>
public enum PadMode
{
    /// <summary>A number, zero by default.</summary>
    Constant,

    /// <summary>The elements beside the edge, mirrored at it, without the edge itself.</summary>
    Reflect,

    /// <summary>The element at the edge.</summary>
    Replicate,
}
