using System;
using System.IO;
using System.Linq;
using System.Threading;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>A checkpoint goes on in the run that it was written in, and in no other.</summary>
public sealed class ResumeRefusalTests : IDisposable
{
    private static readonly DataSet data = LinearModel.Data(23);

    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("run");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheSameOptionsAreAccepted() => Assert.Equal(4, Resume(data, new FitOptions { Epochs = 4, BatchSize = 5 }).Epochs.Count);

    [Fact]
    public void LearningRatesAndEpochsMayDiffer() =>
        Assert.Equal(2, Resume(data, new FitOptions { Epochs = 2, BatchSize = 5, LearningRate = 0.01, LearningRateSchedule = _ => 0.02 }).Epochs.Count);

    [Fact]
    public void OtherOptionsAreRefused()
    {
        Refused(new FitOptions { Epochs = 3, BatchSize = 6 }, "another batch size", "BatchSize = 6", "BatchSize = 5");
        Refused(new FitOptions { Epochs = 3, BatchSize = 5, Shuffle = false }, "another order of samples", "Shuffle = false", "Shuffle = true");
        Refused(new FitOptions { Epochs = 3, BatchSize = 5, Seed = 9 }, "another seed of the order", "Seed = 9", "Seed = 1");
        Refused(new FitOptions { Epochs = 3, BatchSize = 5, EarlyStopping = new EarlyStopping() }, "another early stopping", "used", "none");
        Refused(new FitOptions { Epochs = 3, BatchSize = 5, Validation = data }, "other validation data", null, "none");
        Refused(new FitOptions { Epochs = 1, BatchSize = 5 }, "done more epochs", "Epochs = 1", "1 epochs and 2 batches");
    }

    [Fact]
    public void OtherDataAreRefused()
    {
        var options = new FitOptions { Epochs = 3, BatchSize = 5 };
        Refused(options, "other data", null, null, data.Take(22));
        Refused(options, "other data", null, null, data.Shuffle(1));
        Refused(options, "other data", null, null, LinearModel.Data(23, seed: 6));
        float[] targets = data.Targets(0, 23).ToArray();
        targets[11] += 1;
        Refused(options, "other data", null, null, DataSet.Create(data.Features(0, 23).ToArray(), [3], targets, []));
    }

    [Fact]
    public void DamagedPositionsAreRefused()
    {
        foreach (var (key, value) in new[]
        {
            ("epoch", "9"), ("epoch", "-1"), ("batch", "6"), ("batch", "x"), ("loss_sum", ""), ("steps", "1e3"), ("history", "1 2 3"), ("history", "2 1 - - 1"),
            ("history", "1 1 - - one"), ("best_epoch", "4294967296"), ("stale_epochs", null),
        })
        {
            using var host = Stopped();
            SafetensorsText.SetMetadata(Path, "dlcompiler.fit." + key, value);
            var options = new FitOptions { Epochs = 3, BatchSize = 5, ResumeFrom = Path };
            var exception = Assert.Throws<CheckpointException>(() => host.Fit(LinearModel.Signature, data, options));
            Assert.Contains("dlcompiler.fit." + key, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AStateOfOnesOwnLoopHasNoPosition()
    {
        using var host = LinearModel.Host();
        host.SaveTrainingState(Path);
        var exception = Assert.Throws<CheckpointException>(() => host.Fit(LinearModel.Signature, data, new FitOptions { ResumeFrom = Path }));
        Assert.Contains("LoadTrainingState", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileIsAnErrorOnlyWhereItIsAskedFor()
    {
        using var host = LinearModel.Host();
        Assert.Throws<FileNotFoundException>(() => host.Fit(LinearModel.Signature, data, new FitOptions { ResumeFrom = Path }));
        host.Fit(LinearModel.Signature, data, new FitOptions { Checkpoint = new CheckpointOptions(Path) { Resume = true } });
        Assert.True(File.Exists(Path));
    }

    [Fact]
    public void ACheckpointThatCantBeWrittenEndsTraining()
    {
        using var host = LinearModel.Host();
        var options = new FitOptions { Checkpoint = new CheckpointOptions(folder.File("none/run")) };
        Assert.Throws<DirectoryNotFoundException>(() => host.Fit(LinearModel.Signature, data, options));
        host.Fit(LinearModel.Signature, data);
    }

    [Fact]
    public void OptionsAreChecked()
    {
        using var host = LinearModel.Host();
        void Refuse<T>(FitOptions options)
            where T : Exception => Assert.Throws<T>(() => host.Fit(LinearModel.Signature, data, options));
        Refuse<ArgumentOutOfRangeException>(new FitOptions { Checkpoint = new CheckpointOptions(Path) { EveryEpochs = 0 } });
        Refuse<ArgumentOutOfRangeException>(new FitOptions { Checkpoint = new CheckpointOptions(Path) { EverySteps = 0 } });
        Refuse<ArgumentException>(new FitOptions { Checkpoint = new CheckpointOptions("") });
        Refuse<ArgumentException>(new FitOptions { ResumeFrom = "" });
        Refuse<ArgumentException>(new FitOptions { ResumeFrom = Path, Checkpoint = new CheckpointOptions(Path) { Resume = true } });
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(11)]
    public void TheBestEpochIsRestoredAfterAResumption(int stop)
    {
        // The parameter counts steps; the validation loss is (parameter − 4)²: best in epoch 4, which is over when the run stops later.
        var one = DataSet.Create([0f], [1], [4f], []);
        var signature = new TrainingSignature(1, 0, Loss.MeanSquaredError, [1], [1]);
        using (var source = new CancellationTokenSource())
        using (var host = Counter())
        {
            var options = new FitOptions
            {
                Epochs = 50, Validation = one, EarlyStopping = new EarlyStopping(Patience: 9), CancellationToken = source.Token,
                Checkpoint = new CheckpointOptions(Path) { EveryEpochs = null },
                LearningRateSchedule = step =>
                {
                    if (step == stop) source.Cancel();
                    return 1;
                },
            };
            Assert.Throws<OperationCanceledException>(() => host.Fit(signature, one, options));
        }

        using var resumed = Counter();
        var history = resumed.Fit(signature, one, new FitOptions
        {
            Epochs = 50, Validation = one, EarlyStopping = new EarlyStopping(Patience: 9), ResumeFrom = Path,
        });
        Assert.Equal((4, 13, true), (history.BestEpoch, history.Epochs.Count, history.StoppedEarly));
        Assert.Equal([4f], resumed.Parameters["w"].ToArray());
    }

    private static ModelHost Counter()
    {
        var model = new FakeModel().Parameter("w", [1])
            .Function("Predict", (frame, _) => frame.Output<float>(0) = frame.Parameter<float>(0))
            .Function("Train", (frame, _) => frame.Parameter<float>(0) += 1);
        return new ModelHost(model, 1, null, new TestSgd(0.1)) { Threads = 1 };
    }

    // A model whose run was stopped in the second epoch, after two of five batches.
    private ModelHost Stopped()
    {
        using var source = new CancellationTokenSource();
        using var stopped = LinearModel.Host();
        Assert.Throws<OperationCanceledException>(() => stopped.Fit(LinearModel.Signature, data, new FitOptions
        {
            Epochs = 3, BatchSize = 5, CancellationToken = source.Token, Checkpoint = new CheckpointOptions(Path),
            LearningRateSchedule = step =>
            {
                if (step == 6) source.Cancel();
                return 0.05;
            },
        }));
        return LinearModel.Host();
    }

    private TrainingHistory Resume(DataSet samples, FitOptions options)
    {
        using var host = Stopped();
        return host.Fit(LinearModel.Signature, samples, new FitOptions
        {
            Epochs = options.Epochs, BatchSize = options.BatchSize, Shuffle = options.Shuffle, Seed = options.Seed, EarlyStopping = options.EarlyStopping,
            Validation = options.Validation, LearningRate = options.LearningRate, LearningRateSchedule = options.LearningRateSchedule, ResumeFrom = Path,
        });
    }

    private void Refused(FitOptions options, string problem, string? expected, string? actual, DataSet? samples = null)
    {
        using var host = Stopped();
        float[] before = [.. host.Parameters.SelectMany(view => view.ToArray())];
        var exception = Assert.Throws<CheckpointException>(() => Resume(samples ?? data, options));
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        if (expected is not null) Assert.Equal(expected, exception.Expected);
        if (actual is not null) Assert.Equal(actual, exception.Actual);
        Assert.EndsWith(exception.Remedy, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, host.Parameters.SelectMany(view => view.ToArray()));
    }
}
