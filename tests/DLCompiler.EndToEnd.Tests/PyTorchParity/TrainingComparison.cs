using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>
/// The same weights and batches as PyTorch, step for step. PyTorch's own float32 is within 1e-6 of the figures, so the bounds here leave room for another
/// order of summation only.
/// </summary>
internal static class TrainingComparison
{
    /// <summary>Samples in a batch.</summary>
    public const int Batch = 8;

    private const double LossTolerance = 1e-6;
    private const double TensorTolerance = 2e-5;

    /// <summary>Every instruction-set level of this machine, with one and two threads.</summary>
    public static TheoryData<SimdLevel, int> Machines()
    {
        var machines = new TheoryData<SimdLevel, int>();
        foreach (var level in Enum.GetValues<SimdLevel>().Where(SimdDetection.IsSupported))
        {
            machines.Add(level, 1);
            machines.Add(level, 2);
        }

        return machines;
    }

    /// <summary>Gives a model the initial parameters, and the names and shapes it has to have.</summary>
    public static IReadOnlyList<ReferenceTensor> Start(string table, ParameterSet parameters)
    {
        var tensors = ReferenceTensor.Parse(table);
        Assert.Equal(tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), parameters.Select(view => view.Name).Order(StringComparer.Ordinal));
        foreach (var tensor in tensors) Assert.Equal(tensor.Shape, parameters[tensor.Name].Shape.ToArray());
        foreach (var (name, values) in ReferenceTensor.InitialValues(tensors)) parameters[name].CopyFrom(values);
        return tensors;
    }

    /// <summary>Takes the steps and compares the loss of each.</summary>
    public static void CheckLosses(string figures, Func<int, float> step)
    {
        double[] losses = ReferenceTensor.Numbers(figures);
        for (int index = 0; index < losses.Length; index++)
        {
            float loss = step(index);
            Assert.True(Math.Abs(loss - losses[index]) <= LossTolerance * losses[index], $"step {index}: the loss is {loss:R}, PyTorch's {losses[index]:R}");
        }
    }

    /// <summary>Compares parameters and running statistics after the last step.</summary>
    /// <param name="elementTolerance">What single elements may differ by, relative to the tensor's root mean square.</param>
    public static void CheckTensors(IReadOnlyList<ReferenceTensor> tensors, ParameterSet parameters, double elementTolerance = TensorTolerance)
    {
        foreach (var expected in tensors)
        {
            double[] actual = Array.ConvertAll(parameters[expected.Name].ToArray(), value => (double)value);
            double rootMeanSquare = Math.Sqrt(expected.SumOfSquares / expected.Count), tolerance = TensorTolerance * rootMeanSquare;
            Close(expected.SumOfSquares, actual.Sum(value => value * value), TensorTolerance * expected.SumOfSquares, $"sum of squares of {expected.Name}");
            Close(expected.Sum, actual.Sum(), tolerance * Math.Sqrt(expected.Count), $"sum of {expected.Name}");
            for (int sample = 0; sample < 8; sample++)
            {
                int index = sample * expected.Count / 8;
                Close(expected.Samples[sample], actual[index], elementTolerance * rootMeanSquare, $"{expected.Name}[{index}]");
            }
        }
    }

    /// <summary>Compares predictions after the last step, for the batch of <see cref="Inputs"/> of step 1.</summary>
    public static void CheckPredictions(string figures, ReadOnlySpan<float> predictions)
    {
        double[] expected = ReferenceTensor.Numbers(figures);
        Assert.Equal(expected.Length, predictions.Length);
        for (int index = 0; index < expected.Length; index++) Close(expected[index], predictions[index], TensorTolerance, $"prediction {index}");
    }

    /// <summary>The inputs of a step; the steps alternate between two batches.</summary>
    public static float[] Inputs(int step, int sampleSize) => HashedNumbers.Uniform(1000 + ((ulong)step % 2), Batch * sampleSize, 1);

    /// <summary>The labels of a step.</summary>
    public static int[] Labels(int step, int classes) => HashedNumbers.Below(2000 + ((ulong)step % 2), Batch, classes);

    private static void Close(double expected, double actual, double tolerance, string what)
        => Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what} is {actual:R}, PyTorch's {expected:R}");
}
