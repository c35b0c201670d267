using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// Normalisation of groups of channels of each sample: y = (x − mean)/√(variance + ε)·weight + bias, statistics over a group's channels and positions (Wu and
/// He 2018). PyTorch: <c>GroupNorm</c>; Keras: <c>GroupNormalization</c>. Parameters: <c>weight</c> and <c>bias</c> [C].
/// </summary>
public sealed class GroupNorm : Layer
{
    private readonly int groups;
    private readonly float epsilon;
    private readonly int features;

    /// <summary>Creates the layer.</summary>
    /// <param name="groups">The number of groups, which divides the channels.</param>
    /// <param name="epsilon">Added to the variance; positive.</param>
    /// <param name="features">The number of features; 0 takes it from the input. Given, it is checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public GroupNorm(int groups, float epsilon = 1e-5f, int features = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon is positive.");
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        (this.groups, this.epsilon, this.features) = (groups, epsilon, features);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, C] or [N, C, …].</param>
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
        if (x.Rank < 2) throw new ShapeMismatchException($"{DisplayName} takes [N, C, …], not {x.Shape}. Reshape to at least two axes.");
        ImageChecks.Groups(DisplayName, x.Shape, groups);
        int channels = x.Shape[1], inner = x.Shape.Product(2, x.Rank);
        CheckInput(features, x.Shape, axis: 1);
        var shape = new TensorShape(channels);
        return SampleNormalization.Apply(
            x, channels / groups * inner, centred: true, epsilon, Parameter<T>("weight", shape, Ones), Parameter<T>("bias", shape, Zeros),
            index => index / inner % channels);
    }

    private static DenseArray<double> Ones(TensorShape shape) => ParameterDrawing.Draw(Initializer.Ones, shape, 1, 1);

    private static DenseArray<double> Zeros(TensorShape shape) => ParameterDrawing.Draw(Initializer.Zeros, shape, 1, 1);
}
