namespace DLCompiler;

/// <summary>How a layer's weights are drawn before training. Biases follow <see cref="Default"/> there, and are zero with every other choice.</summary>
public enum Initializer
{
    /// <summary>
    /// The layer's own: uniform on ±1/√fan-in for <see cref="Dense"/> and all convolutions, weights and biases; standard normal for
    /// <see cref="Embedding"/> (PyTorch's).
    /// </summary>
    Default,

    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All one.</summary>
    Ones,

    /// <summary>Uniform on ±√(6/(fan-in + fan-out)) (Glorot and Bengio 2010).</summary>
    GlorotUniform,

    /// <summary>Normal with variance 2/(fan-in + fan-out) (Glorot and Bengio 2010).</summary>
    GlorotNormal,

    /// <summary>Uniform on ±√(6/fan-in) (He et al. 2015).</summary>
    HeUniform,

    /// <summary>Normal with variance 2/fan-in (He et al. 2015).</summary>
    HeNormal,

    /// <summary>Standard normal, PyTorch's choice for embeddings.</summary>
    Normal,
}
