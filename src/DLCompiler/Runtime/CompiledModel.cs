using System.Collections.Generic;
using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>What the compiler emitted for one model: its parameters and its functions. Emitted code derives from it; users don't.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CompiledModel
{
    /// <summary>The model class's name.</summary>
    public abstract string Name { get; }

    /// <summary>The trained tensors, in storage order.</summary>
    public abstract IReadOnlyList<ParameterDescriptor> Parameters { get; }

    /// <summary>Tensors that training updates without a gradient, in storage order.</summary>
    public abstract IReadOnlyList<StateDescriptor> States { get; }

    /// <summary>Elements in the parameter block (and in each gradient and optimizer-state block); a multiple of 16.</summary>
    public abstract long ParameterBlockLength { get; }

    /// <summary>Elements in the state block; a multiple of 16.</summary>
    public abstract long StateBlockLength { get; }

    /// <summary>The functions' names, in the order of <see cref="CreateFunction"/>'s index.</summary>
    public abstract IReadOnlyList<string> Functions { get; }

    /// <summary>The function with the given index, for an instruction-set level.</summary>
    public abstract CompiledFunction CreateFunction(int index, SimdLevel level);

    /// <summary>For each function its optimizer, or null for a prediction, in the order of <see cref="Functions"/>.</summary>
    public virtual StepOptimizer?[] CreateOptimizers() => new StepOptimizer?[Functions.Count];
}

/// <summary>How a parameter is stored.</summary>
public enum ParameterStorage
{
    /// <summary>Row-major in its canonical shape.</summary>
    RowMajor,

    /// <summary>A matrix [rows, columns] as [⌈rows/P⌉][columns][P], P = 32, or 16 for at most 16 rows; rows beyond the last are zero.</summary>
    Panels,
}

/// <summary>How a parameter is drawn before training.</summary>
public enum ParameterInitializer
{
    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All one.</summary>
    Ones,

    /// <summary>Uniform on ±1/√fan-in.</summary>
    UniformFanIn,

    /// <summary>Uniform on ±√(6/(fan-in + fan-out)) (Glorot and Bengio 2010).</summary>
    GlorotUniform,

    /// <summary>Normal with variance 2/(fan-in + fan-out) (Glorot and Bengio 2010).</summary>
    GlorotNormal,

    /// <summary>Uniform on ±√(6/fan-in) (He et al. 2015).</summary>
    HeUniform,

    /// <summary>Normal with variance 2/fan-in (He et al. 2015).</summary>
    HeNormal,

    /// <summary>Standard normal.</summary>
    Normal,

    /// <summary>Uniform on ±1: a layer's gain a makes it ±a.</summary>
    Uniform,

    /// <summary>Normal, cut off at two standard deviations: values beyond are drawn again.</summary>
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

/// <summary>A trained tensor: name (its checkpoint key), canonical shape, and where and how it lies in the parameter block.</summary>
/// <param name="Name">The checkpoint key: <c>conv1.weight</c>.</param>
/// <param name="Shape">The canonical shape (PyTorch's).</param>
/// <param name="Offset">The first element's position in the block; a multiple of 16.</param>
/// <param name="Storage">How the elements are ordered there.</param>
/// <param name="Initializer">How they are drawn before training.</param>
/// <param name="FanIn">Inputs per output, for initialisers.</param>
/// <param name="FanOut">Outputs per input, for initialisers.</param>
/// <param name="Gain">What the drawn values are multiplied by.</param>
/// <param name="ZeroRow">The row that is zero whatever is drawn; −1 for none.</param>
public sealed record ParameterDescriptor(string Name, int[] Shape, long Offset, ParameterStorage Storage, ParameterInitializer Initializer, long FanIn,
    long FanOut, double Gain = 1, int ZeroRow = -1);

/// <summary>A state tensor: name (its checkpoint key), shape, row-major position in the state block and initial value.</summary>
/// <param name="Name">The checkpoint key: <c>norm1.running_mean</c>.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Offset">The first element's position in the state block; a multiple of 16.</param>
/// <param name="InitialValue">The value of every element before training.</param>
public sealed record StateDescriptor(string Name, int[] Shape, long Offset, double InitialValue);
