using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// Batch normalisation of each channel, axis 1: y = (x − mean)/√(variance + ε)·weight + bias (Ioffe and Szegedy 2015). Training takes mean and biased
/// variance from the batch and keeps running averages, of the unbiased variance; prediction, and this eager reference, use the averages. Parameters:
/// <c>weight</c> and <c>bias</c> [C]; states: <c>running_mean</c> and <c>running_var</c> [C].
/// </summary>
public sealed class BatchNorm : Layer
{
    private readonly float epsilon;
    private readonly int features;

    /// <summary>Creates the layer.</summary>
    /// <param name="momentum">The share of the batch in the running averages: running ← (1 − momentum)·running + momentum·batch; in [0, 1].</param>
    /// <param name="epsilon">Added to the variance; positive.</param>
    /// <param name="features">The number of channels; 0 takes it from the input. Given, it is checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public BatchNorm(float momentum = 0.1f, float epsilon = 1e-5f, int features = 0)
    {
        if (!(momentum is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "the share of the batch is from 0 to 1.");
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon is positive.");
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        (this.epsilon, this.features) = (epsilon, features);
    }

    /// <summary>Applies the layer with its running statistics.</summary>
    /// <param name="x">[N, C] or [N, C, …].</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ShapeMismatchException">
    /// The input has fewer than two axes, or its channels are not the declared ones or not those of the parameters.
    /// </exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    internal DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 2) throw new ShapeMismatchException($"{DisplayName} takes [N, C] or [N, C, …], not {x.Shape}. Reshape to at least two axes.");
        CheckInput(features, x.Shape, axis: 1);
        var channels = new TensorShape(x.Shape[1]);
        return Normalization.Batch(
            x,
            Parameter<T>("weight", channels, Ones),
            Parameter<T>("bias", channels, Zeros),
            Parameter<T>("running_mean", channels, Zeros),
            Parameter<T>("running_var", channels, Ones),
            epsilon);
    }

    private static DenseArray<double> Ones(TensorShape shape) => ParameterDrawing.Draw(Initializer.Ones, shape, 1, 1);

    private static DenseArray<double> Zeros(TensorShape shape) => ParameterDrawing.Draw(Initializer.Zeros, shape, 1, 1);
}
