using System;
using System.Globalization;
using System.Linq;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.Models;

namespace DLCompiler.EndToEnd.Tests.Resume;

/// <summary>
/// A program that trains with checkpoints and goes on from one that it finds: what is killed in <see cref="KillTests"/>. The test platform doesn't use this
/// assembly's entry point, so that it is free for it.
/// </summary>
internal static class TrainingChild
{
    // 41 samples in batches of 8: 6 steps an epoch, the last with one sample.
    private const int Samples = 41, BatchSize = 8, Epochs = 10;

    /// <summary>The seed of the model.</summary>
    public const ulong Seed = 11;

    /// <summary>Steps of the whole run.</summary>
    public const int Steps = Epochs * 6;

    /// <summary>Trains, writes the state at the end, and prints the number of each step before it is taken.</summary>
    /// <param name="args">The checkpoint, the file for the end, the number of threads.</param>
    public static int Main(string[] args)
    {
        Train(args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), step => Console.WriteLine(step.ToString(CultureInfo.InvariantCulture)));
        return 0;
    }

    /// <summary>The history without times.</summary>
    public static string[] Train(string? checkpoint, string end, int threads, Action<long> beforeStep)
    {
        using var model = new StatefulNet { Seed = Seed, Threads = threads };
        var history = model.Fit(Data(seed: 1, Samples), new FitOptions
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            Validation = Data(seed: 2, 9),
            EarlyStopping = new EarlyStopping(Patience: Epochs),
            Checkpoint = checkpoint is null ? null : new CheckpointOptions(checkpoint) { EverySteps = 1, Resume = true },
            LearningRateSchedule = step =>
            {
                beforeStep(step);
                return 0.002 / (1 + (0.05 * step));
            },
        });
        model.SaveTrainingState(end);
        return [.. history.Epochs.Select(epoch => $"{epoch with { Seconds = 0 }}")];
    }

    private static DataSet Data(int seed, int count) =>
        DataSet.Create(Noise.Normal(seed, count * 784), [1, 28, 28], [.. Enumerable.Range(0, count).Select(i => i % 10)]);
}
