using System;
using System.IO;
using System.Linq;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.PyTorchParity;
using DLCompiler.Metrics;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.Resume;

/// <summary>With every optimizer and what goes with it, a model that is saved and loaded in the middle of training goes on with the same bits, at any number of
/// threads.</summary>
public sealed class OptimizerResumeTests : IDisposable
{
    // Not a multiple of the steps that are accumulated.
    private const int Steps = 11, Saved = 6;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    public static TheoryData<string> Cases => OptimizerParityTests.Cases;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Saved_and_loaded_it_goes_on_with_the_same_bits(string name)
    {
        string whole = Path.Combine(folder.FullName, "whole"), half = Path.Combine(folder.FullName, "half"), resumed = Path.Combine(folder.FullName, "resumed");
        using (var subject = OptimizerSubject.Create(name, threads: 2))
        {
            for (int step = 0; step < Steps; step++) subject.Take(step);
            subject.Save(whole);
        }

        using (var subject = OptimizerSubject.Create(name))
        {
            for (int step = 0; step < Saved; step++) subject.Take(step);
            subject.Save(half);
        }

        using (var subject = OptimizerSubject.Create(name, threads: 3))
        {
            // What it had before is forgotten.
            subject.Take(1);
            subject.Load(half);
            for (int step = Saved; step < Steps; step++) subject.Take(step);
            subject.Save(resumed);
        }

        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(resumed));
    }

    [Theory]
    [InlineData("Accumulated")]
    [InlineData("Momentum")]
    [InlineData("NAdam")]
    [InlineData("ClipGlobalNorm")]
    public void Schedules_and_plateaus_go_on_with_the_same_bits(string name)
    {
        string file = Path.Combine(folder.FullName, "run");
        var (epochs, weights) = Train(name, int.MaxValue, file);
        for (int stop = 1; stop < 15; stop += 4)
        {
            File.Delete(file);
            Assert.Throws<InvalidDataException>(() => Train(name, stop, file));
            var resumed = Train(name, int.MaxValue, file);
            Assert.Equal(epochs, resumed.Epochs);
            Assert.Equal(weights, resumed.Weights);
        }
    }

    // 23 samples in batches of 8: three steps an epoch.
    private static (EpochResult[] Epochs, float[] Weights) Train(string name, int stop, string file)
    {
        using var subject = OptimizerSubject.Create(name);
        var data = DataSet.Create(HashedNumbers.Uniform(7, 23 * 11, 1), [11], HashedNumbers.Uniform(8, 23 * 3, 1), [3]);
        var history = subject.Fit!(data, new FitOptions
        {
            Epochs = 5,
            BatchSize = OptimizerSubject.Batch,
            Validation = data,
            Metrics = [new MeanAbsoluteError()],
            LearningRateSchedule = Schedule.Cosine(0.05, 10).WarmUp(3),
            MomentumSchedule = Schedule.Linear(0.9, 0.5, 12),
            ReduceOnPlateau = new ReduceOnPlateau(0.5, Patience: 0, Threshold: 0.5),
            Callbacks = [new StopAt(stop)],
            Checkpoint = new CheckpointOptions(file) { Resume = true, EverySteps = 1 },
        });
        return ([.. history.Epochs.Select(epoch => epoch with { Seconds = 0 })], [.. subject.Parameters.SelectMany(view => view.ToArray())]);
    }

    // The step is not in the file yet: it is taken again.
    private sealed class StopAt(int steps) : FitCallback
    {
        public override void OnStep(FitRun run)
        {
            if (run.Steps == steps) throw new InvalidDataException("the end");
        }
    }
}
