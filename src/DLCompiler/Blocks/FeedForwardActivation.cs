namespace DLCompiler;

/// <summary>The activation between the two layers of a transformer's feed-forward part.</summary>
public enum FeedForwardActivation
{
    /// <summary>max(0, x), as published (Vaswani et al. 2017).</summary>
    Relu,

    /// <summary>x·Φ(x) (Hendrycks and Gimpel 2016), as in BERT.</summary>
    Gelu,

    /// <summary>Its approximation by tanh, as in GPT-2.</summary>
    GeluTanh,
}
