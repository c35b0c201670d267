using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>The rectified linear unit, max(0, x) (Nair and Hinton 2010); NaN stays NaN.</summary>
    public Tensor Relu() => new(Elementwise.Relu(Values));

    /// <summary>x where x &gt; 0, slope·x elsewhere (Maas et al. 2013).</summary>
    /// <param name="slope">The factor for negative elements.</param>
    public Tensor LeakyRelu(float slope = 0.01f) => new(Elementwise.LeakyRelu(Values, slope));

    /// <summary>The hyperbolic tangent, (exp(x) − exp(−x))/(exp(x) + exp(−x)).</summary>
    public Tensor Tanh() => new(Elementwise.Tanh(Values));

    /// <summary>The logistic function, 1/(1 + exp(−x)), without overflow at either end.</summary>
    public Tensor Sigmoid() => new(Elementwise.Sigmoid(Values));

    /// <summary>The Gaussian error linear unit in its exact form, x·Φ(x) = x/2·(1 + erf(x/√2)) (Hendrycks and Gimpel 2016).</summary>
    public Tensor Gelu() => new(Elementwise.Gelu(Values));

    /// <summary>
    /// exp(xᵢ)/Σⱼ exp(xⱼ) along an axis (Bridle 1990), shifted by the maximum so that it can't overflow; NaN anywhere along the axis makes all of it NaN.
    /// </summary>
    /// <param name="axis">The axis that sums to 1; −1 is the innermost.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Softmax(int axis = -1) => new(Normalization.Softmax(Values, axis));

    /// <summary>The exponential function; exp(−∞) is 0.</summary>
    public Tensor Exp() => new(Elementwise.Exp(Values));

    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    public Tensor Log() => new(Elementwise.Log(Values));

    /// <summary>The square root; NaN below 0.</summary>
    public Tensor Sqrt() => new(Elementwise.Sqrt(Values));

    /// <summary>x².</summary>
    public Tensor Square() => new(Elementwise.Square(Values));

    /// <summary>The absolute value.</summary>
    public Tensor Abs() => new(Elementwise.Abs(Values));

    /// <summary>x to a constant power; NaN for a negative x and an exponent that is no integer.</summary>
    /// <param name="exponent">The power.</param>
    public Tensor Pow(float exponent) => new(Elementwise.Pow(Values, exponent));

    /// <summary>Powers, element by element, with broadcasting; NaN for a negative x and an exponent that is no integer. PyTorch: <c>pow</c>.</summary>
    /// <param name="exponent">The exponents.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public Tensor Pow(Tensor exponent) => new(Elementwise.Pow(Values, exponent.Values));
}
