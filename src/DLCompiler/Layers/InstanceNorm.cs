using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// Normalisation of each channel of each sample: y = (x − mean)/√(variance + ε)·weight + bias, statistics over the channel's positions (Ulyanov et al. 2016).
/// PyTorch: <c>InstanceNorm2d(affine=True)</c>. Parameters: <c>weight</c> and <c>bias</c> [C].
/// </summary>
public sealed class InstanceNorm : Layer
{
    private readonly float epsilon;
    private readonly int features;

    /// <summary>Creates the layer.</summary>
    /// <param name="epsilon">Added to the variance; positive.</param>
    /// <param name="features">The number of features; 0 takes it from the input. Given, it is checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public InstanceNorm(float epsilon = 1e-5f, int features = 0)
    {
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon is positive.");
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        (this.epsilon, this.features) = (epsilon, features);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, C, …], with at least one axis of positions.</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ShapeMismatchException">
    /// The input doesn't have the axes, or its features are not the declared ones or not those of the parameters.
    /// </exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    internal DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 3) throw new ShapeMismatchException($"{DisplayName} takes [N, C, positions…], not {x.Shape}. Use LayerNorm, or reshape.");
        int channels = x.Shape[1], inner = x.Shape.Product(2, x.Rank);
        CheckInput(features, x.Shape, axis: 1);
        var shape = new TensorShape(channels);
        return SampleNormalization.Apply(
            x, inner, centred: true, epsilon, Parameter<T>("weight", shape, Ones), Parameter<T>("bias", shape, Zeros), index => index / inner % channels);
    }

    private static DenseArray<double> Ones(TensorShape shape) => ParameterDrawing.Draw(Initializer.Ones, shape, 1, 1);

    private static DenseArray<double> Zeros(TensorShape shape) => ParameterDrawing.Draw(Initializer.Zeros, shape, 1, 1);
}
