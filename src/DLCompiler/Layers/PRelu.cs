using System;
using System.Numerics;

namespace DLCompiler;

/// <summary>
/// x where positive, else slope·x with a trained slope (He et al. 2015), as PyTorch's and Keras' <c>PReLU</c>. Parameter: <c>weight</c> [1], or [C] with a
/// slope for each channel, axis 1.
/// </summary>
public sealed class PRelu : Layer
{
    private readonly bool perChannel;
    private readonly float initial;

    /// <summary>Creates the layer.</summary>
    /// <param name="perChannel">Whether each channel has a slope of its own.</param>
    /// <param name="initial">The slopes before training.</param>
    /// <exception cref="ArgumentOutOfRangeException">The initial slope is not a finite number.</exception>
    public PRelu(bool perChannel = false, float initial = 0.25f)
    {
        if (!float.IsFinite(initial)) throw new ArgumentOutOfRangeException(nameof(initial), initial, "the slope is a finite number.");
        (this.perChannel, this.initial) = (perChannel, initial);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">Any shape; with slopes for channels [N, C, …].</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ShapeMismatchException">There are slopes for channels, and the input has no axis 1, or not that of the parameter.</exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    internal DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (perChannel && x.Rank < 2) throw new ShapeMismatchException($"{DisplayName} takes [N, C, …], not {x.Shape}. Reshape to at least two axes.");
        int slopes = perChannel ? x.Shape[1] : 1, inner = perChannel ? x.Shape.Product(2, x.Rank) : 1;
        var weight = Parameter<T>("weight", new TensorShape(slopes), shape => ParameterDrawing.Draw(Initializer.Ones, shape, 1, 1, initial));
        var result = new DenseArray<T>(x.Shape);
        for (int index = 0; index < x.Elements.Length; index++)
        {
            T value = x.Elements[index];
            result.Elements[index] = value > T.Zero ? value : weight.Elements[index / inner % slopes] * value;
        }

        return result;
    }
}
