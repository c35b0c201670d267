using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// The largest of several affine functions, for each unit: [N, …, inputs] → [N, …, units] (Goodfellow et al. 2013). Parameters: <c>weight</c>
/// [units·pieces, inputs] and <c>bias</c> [units·pieces], the pieces of a unit one after the other.
/// </summary>
public sealed class Maxout : Layer
{
    private readonly int units;
    private readonly int pieces;
    private readonly int input;
    private readonly bool bias;
    private readonly Initializer initializer;
    private readonly double gain;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">The number of outputs, at least 1.</param>
    /// <param name="pieces">How many affine functions each output is the largest of, at least 1.</param>
    /// <param name="input">The number of inputs; 0 takes it from the input. Given, it is checked.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="initializer">How the weights are drawn; by default uniform on ±1/√inputs, as the bias.</param>
    /// <param name="gain">What the drawn weights are multiplied by: a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Maxout(int units, int pieces = 2, int input = 0, bool bias = true, Initializer initializer = Initializer.Default, float gain = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        (this.units, this.pieces, this.input, this.bias, this.initializer) = (units, pieces, input, bias, initializer);
        this.gain = ParameterDrawing.CheckGain(gain);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, …, inputs].</param>
    /// <returns>[N, …, units].</returns>
    /// <exception cref="ShapeMismatchException">The last axis is not the declared input size, or not that of the weights.</exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    internal DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank == 0) throw new ShapeMismatchException($"{DisplayName} takes [N, …, inputs], not the scalar {x.Shape}. Reshape it.");
        CheckInput(input, x.Shape, x.Rank - 1);
        int inputs = x.Shape[^1], rows = units * pieces;
        var weight = Parameter<T>("weight", new TensorShape(rows, inputs), shape => ParameterDrawing.Weights(initializer, shape, inputs, rows, gain));
        var offset = bias ? Parameter<T>("bias", new TensorShape(rows), shape => Dense.DrawBias(initializer, shape, inputs)) : null;
        var all = Affine.Apply(x, weight, offset);
        var apart = all.WithShape(new TensorShape([.. x.Shape.AsSpan()[..^1], units, pieces]));
        return Reductions.Max(apart, x.Rank, keepDimensions: false);
    }
}
