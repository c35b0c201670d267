using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>Sums, element by element, with broadcasting.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor operator +(Tensor left, Tensor right) => new(Elementwise.Add(left.Values, right.Values));

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(Tensor left, float right) => new(left.Values.Map(value => value + right));

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(float left, Tensor right) => new(right.Values.Map(value => left + value));

    /// <summary>Differences, element by element, with broadcasting.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor operator -(Tensor left, Tensor right) => new(Elementwise.Subtract(left.Values, right.Values));

    /// <summary>Subtracts a number from every element.</summary>
    public static Tensor operator -(Tensor left, float right) => new(left.Values.Map(value => value - right));

    /// <summary>Subtracts every element from a number.</summary>
    public static Tensor operator -(float left, Tensor right) => new(right.Values.Map(value => left - value));

    /// <summary>Changes the sign of every element.</summary>
    public static Tensor operator -(Tensor operand) => new(operand.Values.Map(value => -value));

    /// <summary>Products, element by element, with broadcasting. The matrix product is <see cref="MatMul"/>.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor operator *(Tensor left, Tensor right) => new(Elementwise.Multiply(left.Values, right.Values));

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(Tensor left, float right) => new(left.Values.Map(value => value * right));

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(float left, Tensor right) => new(right.Values.Map(value => left * value));

    /// <summary>Quotients, element by element, with broadcasting; division by zero gives ±∞ or NaN.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor operator /(Tensor left, Tensor right) => new(Elementwise.Divide(left.Values, right.Values));

    /// <summary>Divides every element by a number.</summary>
    public static Tensor operator /(Tensor left, float right) => new(left.Values.Map(value => value / right));

    /// <summary>Divides a number by every element.</summary>
    public static Tensor operator /(float left, Tensor right) => new(right.Values.Map(value => left / value));

    /// <summary>The larger of two elements, with broadcasting; NaN where either is NaN.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public Tensor Maximum(Tensor other) => new(Elementwise.Maximum(Values, other.Values));

    /// <summary>The larger of each element and a number; NaN stays NaN. Where both are equal, the gradient is 0.</summary>
    public Tensor Maximum(float other) => new(Values.Map(value => float.Max(value, other)));

    /// <summary>The smaller of two elements, with broadcasting; NaN where either is NaN.</summary>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public Tensor Minimum(Tensor other) => new(Elementwise.Minimum(Values, other.Values));

    /// <summary>The smaller of each element and a number; NaN stays NaN. Where both are equal, the gradient is 0.</summary>
    public Tensor Minimum(float other) => new(Values.Map(value => float.Min(value, other)));

    /// <summary>
    /// The matrix product: [B…, M, K]·[B…, K, N] → [B…, M, N]. Leading axes broadcast, so a matrix multiplies each matrix of a batch.
    /// </summary>
    /// <param name="other">The right factor; its last axis but one has this tensor's last size.</param>
    /// <exception cref="ShapeMismatchException">A factor has fewer than two axes, the inner sizes differ, or the leading axes can't be broadcast.</exception>
    public Tensor MatMul(Tensor other) => new(MatrixProduct.Multiply(Values, other.Values));
}
