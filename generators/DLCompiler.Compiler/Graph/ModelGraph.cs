using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph;

/// <summary>How a parameter's values are drawn before training. Bounds follow from the shape: fan-in and fan-out as in Glorot and Bengio 2010, He et al.
/// 2015.</summary>
public enum InitializerKind
{
    Zeros,
    Ones,
    /// <summary>Uniform on ±1/√fan-in: PyTorch's default for Dense and convolutions, weights and biases alike.</summary>
    UniformFanIn,
    GlorotUniform,
    GlorotNormal,
    HeUniform,
    HeNormal,
    /// <summary>Standard normal: PyTorch's default for Embedding.</summary>
    Normal,
    Uniform,
    TruncatedNormal,
    LeCunUniform,
    LeCunNormal,
    Orthogonal,
    Identity,
}

/// <summary>How a parameter is stored: decided by the layer that declares it, the same in every function and at every instruction-set level.</summary>
public enum StorageKind
{
    /// <summary>Row-major in its canonical shape, the whole block padded to 16 elements.</summary>
    RowMajor,

    /// <summary>A matrix [rows, columns] in panels [⌈rows/P⌉][columns][P] with P = 32, or 16 for at most 16 rows: the second operand of a Dense layer's
    /// matrix product.</summary>
    Panels,
}

/// <summary>A trained tensor.</summary>
/// <param name="Name">Its key in checkpoints: <c>conv1.weight</c>.</param>
/// <param name="Shape">Its canonical (PyTorch) shape; constant.</param>
/// <param name="FanIn">For initialisers: inputs per output.</param>
/// <param name="FanOut">For initialisers: outputs per input.</param>
public sealed record ParameterSpecification(string Name, Shape Shape, InitializerKind Initializer, long FanIn, long FanOut, StorageKind Storage)
{
    /// <summary>What the drawn values are multiplied by.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>The row that is zero whatever is drawn; −1 for none.</summary>
    public int ZeroRow { get; init; } = -1;

    /// <summary>What training does with it in particular.</summary>
    public ParameterGroup Group { get; init; } = ParameterGroup.Default;
}

/// <summary>A tensor that functions update without a gradient: running statistics.</summary>
/// <param name="Name">Its key in checkpoints: <c>norm1.running_mean</c>.</param>
/// <param name="Shape">Its shape; constant.</param>
/// <param name="InitialValue">The value of every element before training.</param>
public sealed record StateSpecification(string Name, Shape Shape, double InitialValue);

/// <summary>What a model allows its predictions beyond what every model gets.</summary>
/// <param name="Winograd">Whether 3×3 convolutions may be computed by Winograd's algorithm, which rounds differently from the sum it replaces.</param>
public sealed record InferenceOptions(bool Winograd = false);

/// <summary>A whole model: what the front end hands to the back end.</summary>
public sealed record ModelGraph(
    string Name,
    IReadOnlyList<ParameterSpecification> Parameters,
    IReadOnlyList<StateSpecification> States,
    IReadOnlyList<FunctionGraph> Functions)
{
    /// <summary>What predictions may do.</summary>
    public InferenceOptions Inference { get; init; } = new();
}
