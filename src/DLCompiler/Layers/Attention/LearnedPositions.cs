using System;
using System.Numerics;

namespace DLCompiler;

/// <summary>
/// Learned positions (Gehring et al. 2017): a vector for each position is added, [N, T, E] → [N, T, E], as BERT's and GPT-2's position embeddings. Parameter:
/// <c>weight</c> [count, E], standard normal at first.
/// </summary>
public sealed class LearnedPositions : Layer
{
    private readonly int count;
    private readonly Initializer initializer;
    private readonly double gain;

    /// <summary>Creates the layer.</summary>
    /// <param name="count">The number of positions: the length of the longest sequence.</param>
    /// <param name="initializer">How the vectors are drawn; standard normal by default.</param>
    /// <param name="gain">What the drawn numbers are multiplied by: a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public LearnedPositions(int count, Initializer initializer = Initializer.Default, float gain = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (this.count, this.initializer, this.gain) = (count, initializer, ParameterDrawing.CheckGain(gain));
    }

    /// <summary>Adds the positions.</summary>
    /// <param name="x">[N, T, E], T being at most the number of positions.</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ShapeMismatchException">There are not three axes, or the sequence is longer than there are positions.</exception>
    public Tensor Forward(Tensor x) => new(Evaluate(x.Values));

    /// <inheritdoc cref="Forward(Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x) => new(Evaluate(x.Values));

    private DenseArray<T> Evaluate<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank != 3) throw new ShapeMismatchException($"{DisplayName} takes sequences [N, T, features], not {x.Shape}.");
        if (x.Shape[1] > count) throw new ShapeMismatchException($"{DisplayName} has {count} positions, and {x.Shape} has {x.Shape[1]}.");
        int row = x.Shape[1] * x.Shape[2];
        var table = Parameter<T>("weight", new TensorShape(count, x.Shape[2]), shape =>
            ParameterDrawing.Draw(initializer == Initializer.Default ? Initializer.Normal : initializer, shape, x.Shape[2], count, gain));
        var result = new DenseArray<T>(x.Shape);
        for (int index = 0; index < result.Elements.Length; index++) result.Elements[index] = x.Elements[index] + table.Elements[index % row];
        return result;
    }
}
