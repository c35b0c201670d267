using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>−1, 0 or 1 with the sign of x; NaN for NaN. The gradient is 0. PyTorch: <c>sign</c>.</summary>
    public Tensor Sign() => new(Functions.Sign(Values));

    /// <summary>log(1 + x), accurate for small x; −∞ at −1, NaN below (Goldberg 1991, theorem 4). PyTorch: <c>log1p</c>.</summary>
    public Tensor Log1P() => new(Functions.Log1P(Values));

    /// <summary>exp(x) − 1, accurate for small x. PyTorch: <c>expm1</c>.</summary>
    public Tensor ExpM1() => new(Functions.ExpM1(Values));

    /// <summary>The logarithm to base 2; −∞ at 0, NaN below. PyTorch: <c>log2</c>.</summary>
    public Tensor Log2() => new(Functions.Log2(Values));

    /// <summary>The logarithm to base 10; −∞ at 0, NaN below. PyTorch: <c>log10</c>.</summary>
    public Tensor Log10() => new(Functions.Log10(Values));

    /// <summary>1/√x; ∞ at 0, NaN below. PyTorch: <c>rsqrt</c>.</summary>
    public Tensor Rsqrt() => new(Functions.Rsqrt(Values));

    /// <summary>1/x; ±∞ at ±0. PyTorch: <c>reciprocal</c>.</summary>
    public Tensor Reciprocal() => new(Functions.Reciprocal(Values));

    /// <summary>The sine of x radians; NaN at ±∞. PyTorch: <c>sin</c>.</summary>
    public Tensor Sin() => new(Functions.Sin(Values));

    /// <summary>The cosine of x radians; NaN at ±∞. PyTorch: <c>cos</c>.</summary>
    public Tensor Cos() => new(Functions.Cos(Values));

    /// <summary>The tangent of x radians, sin(x)/cos(x); NaN at ±∞. PyTorch: <c>tan</c>.</summary>
    public Tensor Tan() => new(Functions.Tan(Values));

    /// <summary>The angle from −π/2 to π/2 whose sine is x; NaN outside of [−1, 1]. PyTorch: <c>asin</c>.</summary>
    public Tensor Asin() => new(Functions.Asin(Values));

    /// <summary>The angle from 0 to π whose cosine is x; NaN outside of [−1, 1]. PyTorch: <c>acos</c>.</summary>
    public Tensor Acos() => new(Functions.Acos(Values));

    /// <summary>The angle from −π/2 to π/2 whose tangent is x. PyTorch: <c>atan</c>.</summary>
    public Tensor Atan() => new(Functions.Atan(Values));

    /// <summary>The hyperbolic sine, (exp(x) − exp(−x))/2. PyTorch: <c>sinh</c>.</summary>
    public Tensor Sinh() => new(Functions.Sinh(Values));

    /// <summary>The hyperbolic cosine, (exp(x) + exp(−x))/2. PyTorch: <c>cosh</c>.</summary>
    public Tensor Cosh() => new(Functions.Cosh(Values));

    /// <summary>The inverse of <see cref="Sinh"/>, log(x + √(x² + 1)). PyTorch: <c>asinh</c>.</summary>
    public Tensor Asinh() => new(Functions.Asinh(Values));

    /// <summary>The inverse of <see cref="Cosh"/>, log(x + √(x² − 1)); NaN below 1. PyTorch: <c>acosh</c>.</summary>
    public Tensor Acosh() => new(Functions.Acosh(Values));

    /// <summary>The inverse of <see cref="Tanh"/>, log((1 + x)/(1 − x))/2; ±∞ at ±1, NaN beyond. PyTorch: <c>atanh</c>.</summary>
    public Tensor Atanh() => new(Functions.Atanh(Values));

    /// <summary>The error function, 2/√π·∫₀ˣ exp(−t²) dt (Abramowitz and Stegun 1964, 7.1.1). PyTorch: <c>erf</c>.</summary>
    public Tensor Erf() => new(Functions.Erf(Values));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Sign"/>
        public Tensor<double> Sign() => new(Functions.Sign(x.Values));

        /// <inheritdoc cref="Tensor.Log1P"/>
        public Tensor<double> Log1P() => new(Functions.Log1P(x.Values));

        /// <inheritdoc cref="Tensor.ExpM1"/>
        public Tensor<double> ExpM1() => new(Functions.ExpM1(x.Values));

        /// <inheritdoc cref="Tensor.Log2"/>
        public Tensor<double> Log2() => new(Functions.Log2(x.Values));

        /// <inheritdoc cref="Tensor.Log10"/>
        public Tensor<double> Log10() => new(Functions.Log10(x.Values));

        /// <inheritdoc cref="Tensor.Rsqrt"/>
        public Tensor<double> Rsqrt() => new(Functions.Rsqrt(x.Values));

        /// <inheritdoc cref="Tensor.Reciprocal"/>
        public Tensor<double> Reciprocal() => new(Functions.Reciprocal(x.Values));

        /// <inheritdoc cref="Tensor.Sin"/>
        public Tensor<double> Sin() => new(Functions.Sin(x.Values));

        /// <inheritdoc cref="Tensor.Cos"/>
        public Tensor<double> Cos() => new(Functions.Cos(x.Values));

        /// <inheritdoc cref="Tensor.Tan"/>
        public Tensor<double> Tan() => new(Functions.Tan(x.Values));

        /// <inheritdoc cref="Tensor.Asin"/>
        public Tensor<double> Asin() => new(Functions.Asin(x.Values));

        /// <inheritdoc cref="Tensor.Acos"/>
        public Tensor<double> Acos() => new(Functions.Acos(x.Values));

        /// <inheritdoc cref="Tensor.Atan"/>
        public Tensor<double> Atan() => new(Functions.Atan(x.Values));

        /// <inheritdoc cref="Tensor.Sinh"/>
        public Tensor<double> Sinh() => new(Functions.Sinh(x.Values));

        /// <inheritdoc cref="Tensor.Cosh"/>
        public Tensor<double> Cosh() => new(Functions.Cosh(x.Values));

        /// <inheritdoc cref="Tensor.Asinh"/>
        public Tensor<double> Asinh() => new(Functions.Asinh(x.Values));

        /// <inheritdoc cref="Tensor.Acosh"/>
        public Tensor<double> Acosh() => new(Functions.Acosh(x.Values));

        /// <inheritdoc cref="Tensor.Atanh"/>
        public Tensor<double> Atanh() => new(Functions.Atanh(x.Values));

        /// <inheritdoc cref="Tensor.Erf"/>
        public Tensor<double> Erf() => new(Functions.Erf(x.Values));
    }
}
