using System;
using DLCompiler.Benchmarks.Models;

namespace DLCompiler.Benchmarks;

/// <summary>One network on one batch of random images: what a call measures is one step or one prediction.</summary>
internal static class Workload
{
    private const int Classes = 10;

    // A step of any network on labelled images, or a prediction.
    private delegate float Step(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, double? learningRate = null);

    private delegate void Prediction(ReadOnlySpan<float> images, Span<float> scores);

    /// <summary>The call to measure.</summary>
    /// <param name="name">A network and what it does: mlp-adam, mlp-sgd, lenet5-adam, cifarcnn-adam, resnet18-adam, or one of mlp, lenet5, cifarcnn and
    /// resnet18 with -infer.</param>
    /// <param name="batch">Samples in a call.</param>
    /// <param name="threads">Threads of a step; predictions use one.</param>
    /// <exception cref="ArgumentException">There is no such workload.</exception>
    public static Action Create(string name, int batch, int threads) => name switch
    {
        "mlp-adam" => Train(new MlpAdam { Threads = threads }.StepTrain, batch, 784),
        "mlp-sgd" => Train(new MlpSgd { Threads = threads }.StepTrain, batch, 784),
        "lenet5-adam" => Train(new LeNet5 { Threads = threads }.StepTrain, batch, 784),
        "cifarcnn-adam" => Train(new CifarCnn { Threads = threads }.StepTrain, batch, 3072),
        "resnet18-adam" => Train(new ResNet18 { Threads = threads }.StepTrain, batch, 3072),
        "mlp-infer" => Infer(new MlpAdam().Predict, batch, 784),
        "lenet5-infer" => Infer(new LeNet5().Predict, batch, 784),
        "cifarcnn-infer" => Infer(new CifarCnn().Predict, batch, 3072),
        "resnet18-infer" => Infer(new ResNet18().Predict, batch, 3072),
        _ => throw new ArgumentException($"There is no workload '{name}'.", nameof(name)),
    };

    private static Action Train(Step step, int batch, int pixels)
    {
        var random = new Random(7);
        float[] images = Images(random, batch * pixels);
        var labels = new int[batch];
        for (int i = 0; i < labels.Length; i++) labels[i] = random.Next(Classes);
        return () => step(images, labels);
    }

    private static Action Infer(Prediction prediction, int batch, int pixels)
    {
        float[] images = Images(new Random(7), batch * pixels), scores = new float[batch * Classes];
        return () => prediction(images, scores);
    }

    private static float[] Images(Random random, int count)
    {
        var images = new float[count];
        for (int i = 0; i < images.Length; i++) images[i] = random.NextSingle() - 0.5f;
        return images;
    }
}
