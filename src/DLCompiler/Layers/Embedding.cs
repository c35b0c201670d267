using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// A table of vectors (Bengio et al. 2003), looked up by id: [N, …] of ids → [N, …, dimensions]. Parameter: <c>weight</c> [count, dimensions], standard
/// normal at first.
/// </summary>
public sealed class Embedding : Layer
{
    private readonly int count;
    private readonly int dimensions;
    private readonly Initializer initializer;
    private readonly double gain;
    private readonly int paddingIndex;

    /// <summary>Creates the layer.</summary>
    /// <param name="count">The number of ids: rows of the table.</param>
    /// <param name="dimensions">The length of each vector.</param>
    /// <param name="initializer">How the table is drawn; standard normal by default.</param>
    /// <param name="gain">What the drawn numbers are multiplied by: a finite number.</param>
    /// <param name="paddingIndex">
    /// The id that fills up short samples: its row is zero at first and training leaves it as it is (PyTorch's <c>padding_idx</c>); −1 for none.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Embedding(int count, int dimensions, Initializer initializer = Initializer.Default, float gain = 1, int paddingIndex = -1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        (this.count, this.dimensions, this.initializer) = (count, dimensions, initializer);
        ArgumentOutOfRangeException.ThrowIfLessThan(paddingIndex, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(paddingIndex, count);
        (this.gain, this.paddingIndex) = (ParameterDrawing.CheckGain(gain), paddingIndex);
    }

    /// <summary>Looks up each id's vector.</summary>
    /// <param name="ids">Ids from 0 to count − 1, in any shape.</param>
    /// <returns>The ids' shape with an axis of the dimensions added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the table.</exception>
    public Tensor Forward(Tensor<int> ids) => new(Evaluate<float>(ids.Values));

    /// <summary>
    /// The product of vectors with all rows of the table: logits of a language model whose output has the weights of its input (weight tying, Press and Wolf
    /// 2017). Flax: <c>Embed.attend</c>.
    /// </summary>
    /// <param name="x">[N, …, dimensions].</param>
    /// <returns>[N, …, count].</returns>
    /// <exception cref="ShapeMismatchException">The last axis is not that of the table.</exception>
    public Tensor Attend(Tensor x) => new(Scores(x.Values));

    /// <inheritdoc cref="Attend(Tensor)"/>
    public Tensor<double> Attend(Tensor<double> x) => new(Scores(x.Values));

    private DenseArray<T> Scores<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 2 || x.Shape[^1] != dimensions)
            throw new ShapeMismatchException($"the table of {DisplayName} has vectors of {dimensions}, and {x.Shape} does not end in as many.");
        return Affine.Apply(x, Parameter<T>("weight", new TensorShape(count, dimensions), Draw), null);
    }

    /// <summary>Looks up each id's vector in double precision.</summary>
    internal DenseArray<T> Evaluate<T>(DenseArray<int> ids)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return Lookup.Gather(Parameter<T>("weight", new TensorShape(count, dimensions), Draw), ids);
    }

    private DenseArray<double> Draw(TensorShape shape)
    {
        var table = ParameterDrawing.Draw(initializer == Initializer.Default ? Initializer.Normal : initializer, shape, dimensions, count, gain);
        if (paddingIndex >= 0) Array.Clear(table.Elements, paddingIndex * dimensions, dimensions);
        return table;
    }
}
