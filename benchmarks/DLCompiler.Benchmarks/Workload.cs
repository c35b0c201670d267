using System;
using DLCompiler.Benchmarks.Models;

namespace DLCompiler.Benchmarks;

/// <summary>One network on one batch of random images: what a call measures is one step or one prediction.</summary>
internal static class Workload
{
    private const int Pixels = 784, Classes = 10;

    /// <summary>The call to measure.</summary>
    /// <param name="name">mlp-adam, mlp-sgd, lenet5-adam, mlp-infer or lenet5-infer.</param>
    /// <param name="batch">Samples in a call.</param>
    /// <param name="threads">Threads of a step; predictions use one.</param>
    /// <exception cref="ArgumentException">There is no such workload.</exception>
    public static Action Create(string name, int batch, int threads)
    {
        var random = new Random(7);
        var (images, labels, scores) = (new float[batch * Pixels], new int[batch], new float[batch * Classes]);
        for (int i = 0; i < images.Length; i++) images[i] = random.NextSingle() - 0.5f;
        for (int i = 0; i < labels.Length; i++) labels[i] = random.Next(Classes);
        switch (name)
        {
            case "mlp-adam":
                var adam = new MlpAdam { Threads = threads };
                return () => adam.StepTrain(images, labels);
            case "mlp-sgd":
                var sgd = new MlpSgd { Threads = threads };
                return () => sgd.StepTrain(images, labels);
            case "lenet5-adam":
                var lenet = new LeNet5 { Threads = threads };
                return () => lenet.StepTrain(images, labels);
            case "mlp-infer":
                var mlp = new MlpAdam();
                return () => mlp.Predict(images, scores);
            case "lenet5-infer":
                var classifier = new LeNet5();
                return () => classifier.Predict(images, scores);
            default:
                throw new ArgumentException($"There is no workload '{name}'.", nameof(name));
        }
    }
}
