namespace DLCompiler;

/// <summary>How <see cref="MultiplicativeAttention"/> compares a state with an element of the memory.</summary>
public enum AttentionScore
{
    /// <summary>Their inner product: both have the same size.</summary>
    Dot,

    /// <summary>The inner product of the state and the memory's image under a matrix.</summary>
    General,

    /// <summary>v·tanh(W·[state; memory]), W in the two parts that act on state and memory.</summary>
    Concat,
}
