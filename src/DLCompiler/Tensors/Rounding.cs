using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>The greatest whole number that is not above x. The gradient is 0. PyTorch: <c>floor</c>.</summary>
    public Tensor Floor() => new(Rounding.Floor(Values));

    /// <summary>The smallest whole number that is not below x. The gradient is 0. PyTorch: <c>ceil</c>.</summary>
    public Tensor Ceiling() => new(Rounding.Ceiling(Values));

    /// <summary>The nearest whole number, of two equally near ones the even one. The gradient is 0. PyTorch: <c>round</c>.</summary>
    public Tensor Round() => new(Rounding.Round(Values));

    /// <summary>x without its fraction. The gradient is 0. PyTorch: <c>trunc</c>.</summary>
    public Tensor Truncate() => new(Rounding.Truncate(Values));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Floor"/>
        public Tensor<double> Floor() => new(Rounding.Floor(x.Values));

        /// <inheritdoc cref="Tensor.Ceiling"/>
        public Tensor<double> Ceiling() => new(Rounding.Ceiling(x.Values));

        /// <inheritdoc cref="Tensor.Round"/>
        public Tensor<double> Round() => new(Rounding.Round(x.Values));

        /// <inheritdoc cref="Tensor.Truncate"/>
        public Tensor<double> Truncate() => new(Rounding.Truncate(x.Values));
    }
}
