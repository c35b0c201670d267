using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>
/// The same weights and batches as PyTorch, step for step. PyTorch's own float32 is within 1e-6 of the figures, so the bounds here leave room for another order of summation only.
/// </summary>
public class PyTorchParityTests
{
    private const int Batch = 8;
    private const double LossTolerance = 1e-5;
    private const double TensorTolerance = 1e-4;

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

    [Theory]
    [MemberData(nameof(Machines))]
    public void LeNet5_with_Adam(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceLeNet5 { Threads = threads };
        var tensors = Start(LeNet5Figures.Tensors, model.Parameters);
        CheckLosses(LeNet5Figures.Losses, 28 * 28, 10, (images, labels) => model.StepTrain(images, labels));
        CheckTensors(tensors, model.Parameters);
        float[] images = Images(batch: 1, 28 * 28);
        CheckPredictions(LeNet5Figures.Predictions, model.Predict(images));
#pragma warning disable DLC3002 // The eager reference, on purpose: with the trained model's parameters it predicts the same.
        CheckPredictions(LeNet5Figures.Predictions, model.Forward(Tensor.FromArray(images, Batch, 1, 28, 28)).Span);
#pragma warning restore DLC3002
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Residual_network_with_momentum(SimdLevel level, int threads)
    {
        SimdOptions.Level = level;
        using var model = new ReferenceResidualNet { Threads = threads };
        var tensors = Start(ResidualNetFigures.Tensors, model.Parameters);
        CheckLosses(ResidualNetFigures.Losses, 3 * 16 * 16, 5, (images, labels) => model.StepTrain(images, labels));
        CheckTensors(tensors, model.Parameters);
        CheckPredictions(ResidualNetFigures.Predictions, model.Predict(Images(batch: 1, 3 * 16 * 16)));
    }

    private static IReadOnlyList<ReferenceTensor> Start(string table, ParameterSet parameters)
    {
        var tensors = ReferenceTensor.Parse(table);
        Assert.Equal(tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), parameters.Select(view => view.Name).Order(StringComparer.Ordinal));
        foreach (var tensor in tensors) Assert.Equal(tensor.Shape, parameters[tensor.Name].Shape.ToArray());
        foreach (var (name, values) in ReferenceTensor.InitialValues(tensors)) parameters[name].CopyFrom(values);
        return tensors;
    }

    private static void CheckLosses(string figures, int imageSize, int classes, Func<float[], int[], float> step)
    {
        double[] losses = ReferenceTensor.Numbers(figures);
        for (int index = 0; index < losses.Length; index++)
        {
            float loss = step(Images(index % 2, imageSize), Labels(index % 2, classes));
            Assert.True(Math.Abs(loss - losses[index]) <= LossTolerance * losses[index], $"step {index}: the loss is {loss:R}, PyTorch's {losses[index]:R}");
        }
    }

    private static void CheckTensors(IReadOnlyList<ReferenceTensor> tensors, ParameterSet parameters)
    {
        foreach (var expected in tensors)
        {
            double[] actual = Array.ConvertAll(parameters[expected.Name].ToArray(), value => (double)value);
            double rootMeanSquare = Math.Sqrt(expected.SumOfSquares / expected.Count), tolerance = TensorTolerance * rootMeanSquare;
            Close(expected.SumOfSquares, actual.Sum(value => value * value), TensorTolerance * expected.SumOfSquares, $"sum of squares of {expected.Name}");
            Close(expected.Sum, actual.Sum(), tolerance * expected.Count, $"sum of {expected.Name}");
            for (int sample = 0; sample < 8; sample++)
            {
                int index = sample * expected.Count / 8;
                Close(expected.Samples[sample], actual[index], tolerance, $"{expected.Name}[{index}]");
            }
        }
    }

    private static void CheckPredictions(string figures, ReadOnlySpan<float> predictions)
    {
        double[] expected = ReferenceTensor.Numbers(figures);
        Assert.Equal(expected.Length, predictions.Length);
        for (int index = 0; index < expected.Length; index++) Close(expected[index], predictions[index], TensorTolerance, $"prediction {index}");
    }

    private static void Close(double expected, double actual, double tolerance, string what)
        => Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what} is {actual:R}, PyTorch's {expected:R}");

    private static float[] Images(int batch, int imageSize) => HashedNumbers.Uniform(1000 + (ulong)batch, Batch * imageSize, 1);

    private static int[] Labels(int batch, int classes) => HashedNumbers.Below(2000 + (ulong)batch, Batch, classes);
}
