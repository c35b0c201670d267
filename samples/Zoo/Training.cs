using System;
using System.Globalization;
using System.IO;
using System.Linq;
using DLCompiler;

namespace Zoo;

/// <summary>Trains a small network on both sets of images, and says how many of the test images it tells right.</summary>
internal static class Training
{
    private const int Batch = 64, QuickImages = 960;

    /// <summary>Trains on CIFAR-10's first images, then anew on MNIST.</summary>
    /// <param name="network">A small network.</param>
    /// <param name="folder">The folder that has the folders cifar10-first4000 and mnist.</param>
    /// <param name="isQuick">An epoch on few images only.</param>
    /// <exception cref="IOException">A file is missing or damaged.</exception>
    public static void Run(Network network, string folder, bool isQuick)
    {
        Run(network, "CIFAR-10 (3,000 images)", ImageData.Cifar(folder), isQuick, epochs: 20);
        Run(network, "MNIST (12,000 images)", ImageData.Mnist(folder).First(12_000), isQuick, epochs: 2);
    }

    private static void Run(Network network, string name, ImageData data, bool isQuick, int epochs)
    {
        if (isQuick) (data, epochs) = (data.First(QuickImages), 1);
        using var model = (IClassifier)network.Create();
        model.Seed = 1;
        long steps = (long)epochs * ((data.Train.Count + Batch - 1) / Batch);
        TrainingHistory history = model.Fit(data.Train, new FitOptions
        {
            Epochs = epochs,
            BatchSize = Batch,
            LearningRateSchedule = step => 1e-3 * (1 + Math.Cos(Math.PI * step / steps)),
        });
        EvaluationResult result = model.Evaluate(data.Test);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network.Name} on {name}: {epochs} epochs of {data.Train.Count:N0} images in {history.Epochs.Sum(epoch => epoch.Seconds):F0} s, "
            + $"loss {history.Last.Loss:F3}; accuracy on {data.Test.Count:N0} other images {result.Accuracy:F4}"));
    }
}
