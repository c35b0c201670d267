using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.Resume;

/// <summary>Random models, options and moments of interruption; a run may be interrupted several times.</summary>
public sealed class RandomResumeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    public static IEnumerable<object[]> Seeds =>
        Enumerable.Range(0, Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 1000 : 25).Select(seed => new object[] { seed });

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Interruptions_change_no_bit(int seed)
    {
        var random = new Random(seed);
        string name = Subject.Names[random.Next(Subject.Names.Length)];
        var data = Subject.Data(name, random.Next(1, 5), random.Next(1, 40));
        var plan = new FitOptions
        {
            Epochs = random.Next(1, 5),
            BatchSize = random.Next(1, data.Count + 3),
            Shuffle = random.Next(4) > 0,
            Seed = random.Next(3) == 0 ? (ulong)random.Next() : null,
            Validation = random.Next(2) == 0 ? Subject.Data(name, 7, random.Next(1, 20)) : null,
            EarlyStopping = random.Next(2) == 0 ? new EarlyStopping(random.Next(1, 4), random.NextDouble() * 0.1) : null,
            LearningRate = 0.05 * random.NextDouble(),
        };
        long steps = (long)plan.Epochs * ((data.Count + plan.BatchSize - 1) / plan.BatchSize);

        var expected = Run(name, data, plan, long.MaxValue, checkpoint: null, random);
        Assert.True(expected.Ended);
        string path = Path.Combine(folder.FullName, "run");
        for (int interruptions = random.Next(1, 4); interruptions > 0; interruptions--)
        {
            var checkpoint = new CheckpointOptions(path)
            {
                Resume = true, EverySteps = random.Next(2) == 0 ? random.Next(1, 5) : null, EveryEpochs = random.Next(2) == 0 ? random.Next(1, 3) : null,
                SaveOnCancel = random.Next(3) > 0,
            };
            if (Run(name, data, plan, random.NextInt64(steps + 1), checkpoint, random).Ended) break;
        }

        var actual = Run(name, data, plan, long.MaxValue, new CheckpointOptions(path) { Resume = true, EveryEpochs = null }, random);
        Assert.Equal(expected.History, actual.History);
        Assert.Equal(expected.State, actual.State);
    }

    // Trains until the step of the given number has begun, or to the end; then returns the history without times, and the state as a file.
    private (bool Ended, string[] History, byte[] State) Run(
        string name, DLCompiler.Data.DataSet data, FitOptions plan, long stop, CheckpointOptions? checkpoint, Random random)
    {
        using var subject = Subject.Create(name, seed: 9, threads: random.Next(1, 4));
        using var source = new CancellationTokenSource();
        var options = new FitOptions
        {
            Epochs = plan.Epochs, BatchSize = plan.BatchSize, Shuffle = plan.Shuffle, Seed = plan.Seed, Validation = plan.Validation,
            EarlyStopping = plan.EarlyStopping, Checkpoint = checkpoint, CancellationToken = source.Token,
            LearningRateSchedule = step =>
            {
                if (step >= stop) source.Cancel();
                return plan.LearningRate!.Value / (1 + (0.1 * step));
            },
        };
        try
        {
            var history = subject.Fit(data, options);
            string state = Path.Combine(folder.FullName, "state");
            subject.SaveTrainingState(state);
            string[] figures = [.. history.Epochs.Select(epoch => $"{epoch with { Seconds = 0 }}"), $"{history.BestEpoch} {history.StoppedEarly}"];
            return (true, figures, File.ReadAllBytes(state));
        }
        catch (OperationCanceledException)
        {
            return (false, [], []);
        }
    }
}
