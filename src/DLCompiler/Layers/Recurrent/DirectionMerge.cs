namespace DLCompiler;

/// <summary>What becomes of the two outputs of a bidirectional layer.</summary>
public enum DirectionMerge
{
    /// <summary>One after the other: 2·units features (PyTorch's, and Keras' default).</summary>
    Concat,

    /// <summary>Their sum: as many features as units (Keras' <c>merge_mode="sum"</c>).</summary>
    Sum,
}
