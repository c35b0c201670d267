using System;
using System.Linq;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// A bilinear function of two inputs: y[u] = Σ x[i]·W[u, i, j]·other[j] + b[u] over their last axes, as PyTorch's <c>Bilinear</c>. Parameters: <c>weight</c>
/// [units, I, J] and <c>bias</c> [units].
/// </summary>
public sealed class Bilinear : Layer
{
    private readonly int units;
    private readonly bool bias;
    private readonly Initializer initializer;
    private readonly double gain;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">The number of outputs, at least 1.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="initializer">How the weights are drawn; by default uniform on ±1/√I, as the bias.</param>
    /// <param name="gain">What the drawn weights are multiplied by: a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Bilinear(int units, bool bias = true, Initializer initializer = Initializer.Default, float gain = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        (this.units, this.bias, this.initializer) = (units, bias, initializer);
        this.gain = ParameterDrawing.CheckGain(gain);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, …, I].</param>
    /// <param name="other">[N, …, J], the other sizes being those of <paramref name="x"/>.</param>
    /// <returns>[N, …, units].</returns>
    /// <exception cref="ShapeMismatchException">The inputs differ in more than their last axis, or are not of the sizes of the weights.</exception>
    public Tensor Forward(Tensor x, Tensor other) => new(Evaluate(x.Values, other.Values));

    /// <inheritdoc cref="Forward(Tensor, Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x, Tensor<double> other) => new(Evaluate(x.Values, other.Values));

    private DenseArray<T> Evaluate<T>(DenseArray<T> x, DenseArray<T> other)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 2 || other.Rank != x.Rank || !x.Shape.SkipLast(1).SequenceEqual(other.Shape.SkipLast(1)))
        {
            throw new ShapeMismatchException(
                $"{DisplayName} takes two tensors [N, …, features] that differ in their last axis only, not {x.Shape} and {other.Shape}.");
        }

        int left = x.Shape[^1], right = other.Shape[^1];
        var weight = Parameter<T>("weight", new TensorShape(units, left, right), shape => ParameterDrawing.Weights(initializer, shape, left, units, gain));
        var offset = bias ? Parameter<T>("bias", new TensorShape(units), shape => Dense.DrawBias(initializer, shape, left)) : null;
        var result = new DenseArray<T>(x.Shape.With(x.Rank - 1, units));
        for (int index = 0; index < result.Elements.Length; index++)
        {
            int row = index / units, unit = index % units;
            double sum = offset is null ? 0 : double.CreateTruncating(offset.Elements[unit]);
            for (int i = 0; i < left; i++)
            {
                for (int j = 0; j < right; j++)
                {
                    sum += double.CreateTruncating(x.Elements[(row * left) + i]) * double.CreateTruncating(weight.Elements[(((unit * left) + i) * right) + j])
                        * double.CreateTruncating(other.Elements[(row * right) + j]);
                }
            }

            result.Elements[index] = T.CreateTruncating(sum);
        }

        return result;
    }
}
