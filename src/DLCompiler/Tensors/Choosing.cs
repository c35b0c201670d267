using System;
using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// One of two values for each element: the first where a mask is true, the second elsewhere, with broadcasting. The value that is not taken has gradient 0,
    /// also where it is NaN or infinite. PyTorch: <c>where</c>.
    /// </summary>
    /// <param name="condition">The mask.</param>
    /// <param name="ifTrue">The values where it is true.</param>
    /// <param name="ifFalse">The values where it is false.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public static Tensor Where(Tensor<bool> condition, Tensor ifTrue, Tensor ifFalse) => new(Choosing.Where(condition.Values, ifTrue.Values, ifFalse.Values));

    /// <inheritdoc cref="Where(Tensor{bool}, Tensor, Tensor)"/>
    public static Tensor Where(Tensor<bool> condition, Tensor ifTrue, float ifFalse) => Where(condition, ifTrue, Full(ifFalse));

    /// <inheritdoc cref="Where(Tensor{bool}, Tensor, Tensor)"/>
    public static Tensor Where(Tensor<bool> condition, float ifTrue, Tensor ifFalse) => Where(condition, Full(ifTrue), ifFalse);

    /// <inheritdoc cref="Where(Tensor{bool}, Tensor, Tensor)"/>
    public static Tensor Where(Tensor<bool> condition, float ifTrue, float ifFalse) => Where(condition, Full(ifTrue), Full(ifFalse));

    /// <summary>Each element where it is between two numbers, else the nearer of them; NaN stays NaN. The gradient is 0 outside. PyTorch: <c>clamp</c>.</summary>
    /// <param name="min">The smallest result.</param>
    /// <param name="max">The largest.</param>
    /// <exception cref="ArgumentException"><paramref name="min"/> is greater than <paramref name="max"/>.</exception>
    public Tensor Clamp(float min = float.NegativeInfinity, float max = float.PositiveInfinity) => new(Choosing.Clamp(Values, min, max));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Where(Tensor{bool}, Tensor, Tensor)"/>
        public static Tensor<double> Where(Tensor<bool> condition, Tensor<double> ifTrue, Tensor<double> ifFalse) =>
            new(Choosing.Where(condition.Values, ifTrue.Values, ifFalse.Values));

        /// <inheritdoc cref="Tensor.Clamp"/>
        public Tensor<double> Clamp(double min = double.NegativeInfinity, double max = double.PositiveInfinity) => new(Choosing.Clamp(x.Values, min, max));
    }
}
