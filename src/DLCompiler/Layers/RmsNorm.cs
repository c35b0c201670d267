using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// Root mean square normalisation of each row, the last axis: y = x/√(mean of x² + ε)·weight (Zhang and Sennrich 2019). PyTorch: <c>RMSNorm</c>. Parameter:
/// <c>weight</c> [features].
/// </summary>
public sealed class RmsNorm : Layer
{
    private readonly float epsilon;
    private readonly int features;

    /// <summary>Creates the layer.</summary>
    /// <param name="epsilon">Added to the mean square; positive.</param>
    /// <param name="features">The number of features; 0 takes it from the input. Given, it is checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public RmsNorm(float epsilon = 1e-5f, int features = 0)
    {
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon is positive.");
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        (this.epsilon, this.features) = (epsilon, features);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, features] or […, features].</param>
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
        if (x.Rank < 1) throw new ShapeMismatchException($"{DisplayName} takes [N, features], not {x.Shape}. Reshape to at least one axis.");
        int last = x.Rank - 1, size = x.Shape[last];
        CheckInput(features, x.Shape, last);
        var shape = new TensorShape(size);
        return SampleNormalization.Apply(x, size, centred: false, epsilon, Parameter<T>("weight", shape, Ones), null, index => index % size);
    }

    private static DenseArray<double> Ones(TensorShape shape) => ParameterDrawing.Draw(Initializer.Ones, shape, 1, 1);
}
