namespace DLCompiler;

/// <summary>
/// How a layer's weights are drawn before training. The layer's <c>gain</c> multiplies what is drawn: a constant c is <see cref="Ones"/> with gain c, a normal
/// distribution with deviation s <see cref="Normal"/> with gain s. Biases follow <see cref="Default"/> there, and are zero with every other choice.
/// </summary>
public enum Initializer
{
    /// <summary>
    /// The layer's own: uniform on ±1/√fan-in for <see cref="Dense"/> and all convolutions, weights and biases; standard normal for
    /// <see cref="Embedding"/> (PyTorch's).
    /// </summary>
    Default,

    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All one; with a <c>gain</c>, any constant.</summary>
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

    /// <summary>Uniform on ±1, so that a <c>gain</c> of a makes it ±a (PyTorch's uniform_).</summary>
    Uniform,

    /// <summary>Standard normal, cut off at ±2: values beyond are drawn again (PyTorch's trunc_normal_, Keras' TruncatedNormal). A <c>gain</c> is its standard deviation before
    /// the cut.</summary>
    TruncatedNormal,

    /// <summary>Uniform on ±√(3/fan-in) (LeCun et al. 1998).</summary>
    LeCunUniform,

    /// <summary>Normal with variance 1/fan-in (LeCun et al. 1998).</summary>
    LeCunNormal,

    /// <summary>A random matrix with orthonormal rows or columns, whichever are fewer (Saxe, McClelland and Ganguli 2014); axes after the first count as
    /// columns.</summary>
    Orthogonal,

    /// <summary>What hands the input on: one where output and input are the same, in the middle of a kernel; else zero (PyTorch's eye_ and dirac_).</summary>
    Identity,
}
