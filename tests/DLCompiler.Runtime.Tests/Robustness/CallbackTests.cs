using System;
using System.IO;
using System.Linq;
using System.Threading;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Callbacks of <c>Fit</c> that throw, or use the model: what they throw arrives, nothing that is saved is harmed, and the model goes on.</summary>
public sealed class CallbackTests : IDisposable
{
    private const int Epochs = 3, StepsPerEpoch = 5;

    private static readonly DataSet data = LinearModel.Data(23);

    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("run");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("schedule", 7, 7)]
    [InlineData("schedule", 0, 0)]
    [InlineData("first report", 0, 1)]
    [InlineData("end of an epoch", 1, StepsPerEpoch)]
    [InlineData("end of an epoch", 3, 3 * StepsPerEpoch)]
    public void WhatACallbackThrowsArrives(string callback, int at, int steps)
    {
        using var host = LinearModel.Host();
        var thrown = new FormatException("from a callback");
        var options = new FitOptions
        {
            Epochs = Epochs, BatchSize = 5, LearningRate = 0.5, Threads = 2, Checkpoint = new CheckpointOptions(Path) { EverySteps = 1 },
            LearningRateSchedule = step => callback == "schedule" && step == at ? throw thrown : 0.05,
            Progress = new Listener(report =>
            {
                if (callback == "first report" || (callback == "end of an epoch" && report.Completed?.Epoch == at)) throw thrown;
            }),
        };

        Assert.Same(thrown, Assert.Throws<FormatException>(() => host.Fit(LinearModel.Signature, data, options)));

        // The last complete step, as an undisturbed run has it there; the model's own settings.
        Assert.Equal(steps, host.Iteration);
        Assert.Equal(After(steps), All(host));
        Assert.Equal((1, 0.05), (host.Threads, host.GetLearningRate(LinearModel.Train)));

        // A checkpoint that was written is whole, and goes on to the same bits.
        Assert.Equal(steps > 0, File.Exists(Path));
        Assert.DoesNotContain(folder.Names(), name => name.EndsWith(".tmp", StringComparison.Ordinal));
        host.Fit(LinearModel.Signature, data, new FitOptions { Epochs = 1, BatchSize = 5 });
        if (steps == 0) return;
        using var resumed = LinearModel.Host();
        resumed.Fit(LinearModel.Signature, data, new FitOptions { Epochs = Epochs, BatchSize = 5, ResumeFrom = Path });
        Assert.Equal(After(Epochs * StepsPerEpoch), All(resumed));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e-3)]
    public void ARateThatCantBeIsNamedWithItsStep(double rate)
    {
        using var host = LinearModel.Host();
        var exception = Assert.Throws<ArgumentException>(() => host.Fit(LinearModel.Signature, data, new FitOptions
        {
            Epochs = Epochs, BatchSize = 5, LearningRateSchedule = step => step == 6 ? rate : 0.05,
        }));
        Assert.StartsWith(FormattableString.Invariant($"LearningRateSchedule gave {rate} for step 6. Return a finite number"), exception.Message, StringComparison.Ordinal);
        Assert.Equal(After(6), All(host));
        host.Fit(LinearModel.Signature, data);
    }

    [Fact]
    public void CallbacksMayPredictSaveAndEvaluate()
    {
        using var host = LinearModel.Host(threads: 2);
        host.Fit(LinearModel.Signature, data, new FitOptions
        {
            Epochs = Epochs, BatchSize = 5,
            LearningRateSchedule = step =>
            {
                host.Save(folder.File("within"));
                Assert.True(double.IsFinite(host.Evaluate(LinearModel.Signature, data).Loss));
                return 0.05;
            },
        });
        Assert.Equal(After(Epochs * StepsPerEpoch), All(host));
        using var last = LinearModel.Host();
        last.Load(folder.File("within"));
        Assert.Equal(After((Epochs * StepsPerEpoch) - 1), All(last));
    }

    [Fact]
    public void CallbacksMayNotTrainOrSaveTheStateOfTraining()
    {
        using var host = LinearModel.Host();
        host.SaveTrainingState(Path);
        byte[] before = File.ReadAllBytes(Path);
        int refused = 0;
        host.Fit(LinearModel.Signature, data, new FitOptions
        {
            Epochs = Epochs, BatchSize = 5,
            LearningRateSchedule = _ =>
            {
                Assert.Contains("one after the other", Assert.Throws<InvalidOperationException>(
                    () => host.Fit(LinearModel.Signature, data)).Message, StringComparison.Ordinal);
                foreach (var use in new Action<string>[] { host.SaveTrainingState, host.LoadTrainingState })
                {
                    var exception = Assert.Throws<InvalidOperationException>(() => use(Path));
                    Assert.Contains("FitOptions.Checkpoint", exception.Message, StringComparison.Ordinal);
                }

                refused++;
                return 0.05;
            },
        });
        Assert.Equal(Epochs * StepsPerEpoch, refused);
        Assert.Equal(After(Epochs * StepsPerEpoch), All(host));
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DisposalWithinACallbackEndsFit(bool withCheckpoint)
    {
        var host = LinearModel.Host(threads: 2);
        var exception = Assert.Throws<ObjectDisposedException>(() => host.Fit(LinearModel.Signature, data, new FitOptions
        {
            Epochs = Epochs, BatchSize = 5, Threads = 3, EarlyStopping = new EarlyStopping(),
            Checkpoint = withCheckpoint ? new CheckpointOptions(Path) { EverySteps = 1 } : null,
            LearningRateSchedule = step =>
            {
                if (step == 7) host.Dispose();
                return 0.05;
            },
        }));
        Assert.StartsWith("'Linear' is disposed", exception.Message, StringComparison.Ordinal);
        if (!withCheckpoint) return;
        using var resumed = LinearModel.Host();
        resumed.LoadTrainingState(Path);
        Assert.Equal(After(7), All(resumed));
    }

    [Fact]
    public void ATokenThatIsCancelledByACallbackEndsFit()
    {
        using var source = new CancellationTokenSource();
        using var host = LinearModel.Host();
        Assert.Throws<OperationCanceledException>(() => host.Fit(LinearModel.Signature, data, new FitOptions
        {
            Epochs = Epochs, BatchSize = 5, CancellationToken = source.Token,
            LearningRateSchedule = step =>
            {
                if (step == 3) source.Cancel();
                return 0.05;
            },
        }));
        Assert.Equal(After(4), All(host));
    }

    [Fact]
    public void LabelsThatChangeWhileFitRunsAreChecked()
    {
        // Compiled code takes labels as indices; the arrays of a data set are the caller's.
        foreach (bool shuffle in new[] { false, true })
        {
            var labels = new int[20];
            var changing = DataSet.Create(new float[40], [2], labels);
            using var host = ClassifierModel.Host();
            var exception = Assert.Throws<ArgumentException>(() => host.Fit(ClassifierModel.Signature, changing, new FitOptions
            {
                BatchSize = 5, Shuffle = shuffle,
                LearningRateSchedule = step =>
                {
                    if (step == 2) Array.Fill(labels, 1_000_000);
                    return 0.05;
                },
            }));
            Assert.StartsWith("'labels' holds 1000000 at position 0; values from 0 to 2 are expected.", exception.Message, StringComparison.Ordinal);
            Assert.Equal(2, host.Iteration);
        }
    }

    // What an undisturbed run has after a number of steps.
    private static float[] After(int steps)
    {
        using var source = new CancellationTokenSource();
        using var host = LinearModel.Host();
        var options = new FitOptions
        {
            Epochs = Epochs, BatchSize = 5, CancellationToken = source.Token,
            LearningRateSchedule = step =>
            {
                if (step == steps - 1) source.Cancel();
                return 0.05;
            },
        };
        if (steps == 0) return All(host);
        var exception = Record.Exception(() => host.Fit(LinearModel.Signature, data, options));
        Assert.True(exception is null or OperationCanceledException);
        Assert.Equal(steps, host.Iteration);
        return All(host);
    }

    private static float[] All(ModelHost host) => [.. host.Parameters.SelectMany(view => view.ToArray())];

    private sealed class Listener(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
