namespace DLCompiler;

/// <summary>The activation of a <see cref="SimpleRnn"/> and its cell.</summary>
public enum RnnActivation
{
    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    Relu,
}
