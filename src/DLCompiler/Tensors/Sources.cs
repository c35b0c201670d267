using System;
using System.Linq;
using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>The numbers start, start + step, … below an end, a vector. PyTorch: <c>arange</c>.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="end">What the numbers stay below (above, for a negative step).</param>
    /// <param name="step">From one to the next.</param>
    /// <exception cref="ArgumentException">No number of steps leads from start towards end.</exception>
    public static Tensor Arange(float start, float end, float step = 1)
    {
        double count = Math.Ceiling(((double)end - start) / step);
        if (!(count >= 0 && count <= int.MaxValue)) throw new ArgumentException($"Steps of {step} do not lead from {start} to {end}.", nameof(step));
        return new(new DenseArray<float>(new TensorShape((int)count), [.. Enumerable.Range(0, (int)count).Select(index => (float)(start + (index * (double)step)))]));
    }

    /// <summary>Numbers at equal distances from one number to another, a vector. PyTorch: <c>linspace</c>.</summary>
    /// <param name="start">The first.</param>
    /// <param name="end">The last.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public static Tensor Linspace(float start, float end, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double step = count == 1 ? 0 : ((double)end - start) / (count - 1);
        return new(new DenseArray<float>(new TensorShape(count), [.. Enumerable.Range(0, count).Select(index => (float)(start + (index * step)))]));
    }

    /// <summary>
    /// Random numbers, uniform from low to below high. In a model they are drawn anew in each training step, from its seed. PyTorch: <c>rand</c>.
    /// </summary>
    /// <param name="low">The smallest.</param>
    /// <param name="high">What they stay below.</param>
    /// <param name="sizes">The sizes of the axes, outermost first.</param>
    public static Tensor RandomUniform(float low, float high, params int[] sizes) => (new Tensor(EagerRandom.Uniform(sizes)) * (high - low)) + low;

    /// <summary>Random numbers of a normal distribution (Box and Muller 1958); see <see cref="RandomUniform"/>. PyTorch: <c>randn</c>, <c>normal</c>.</summary>
    /// <param name="mean">Their mean.</param>
    /// <param name="deviation">Their standard deviation.</param>
    /// <param name="sizes">The sizes of the axes, outermost first.</param>
    public static Tensor RandomNormal(float mean, float deviation, params int[] sizes) => (new Tensor(EagerRandom.Normal(sizes)) * deviation) + mean;

    /// <summary>1 with a probability, else 0; see <see cref="RandomUniform"/>. PyTorch: <c>bernoulli</c>.</summary>
    /// <param name="probability">That of 1.</param>
    /// <param name="sizes">The sizes of the axes, outermost first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static Tensor RandomBernoulli(float probability, params int[] sizes)
    {
        if (!(probability >= 0 && probability <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "it must be between 0 and 1.");
        return (new Tensor(EagerRandom.Uniform(sizes)) < probability).ToSingle();
    }

    /// <summary>The numbers from 0 on in a random order; see <see cref="RandomUniform"/>. PyTorch: <c>randperm</c>.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public static Tensor<int> RandomPermutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new Tensor(EagerRandom.Uniform([count])).ArgSort();
    }
}
