using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using DLCompiler.Metrics;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Callbacks, schedules, plateaus and metrics within <c>Fit</c>.</summary>
public sealed class FitCallbackTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Callbacks_are_called_in_order_and_may_stop()
    {
        using var host = LinearModel.Host();
        var recorder = new Recorder(stopAfter: 2);
        var history = host.Fit(LinearModel.Signature, LinearModel.Data(20), new FitOptions { Epochs = 5, BatchSize = 10, Callbacks = [recorder] });
        Assert.Equal(["begin 0", "step 1", "step 2", "epoch 1", "step 3", "step 4", "epoch 2", "end 2"], recorder.Calls);
        Assert.True(history.StoppedEarly);
    }

    [Fact]
    public void What_a_callback_throws_ends_training()
    {
        using var host = LinearModel.Host();
        var options = new FitOptions { Callbacks = [new Recorder(throwAt: 1)] };
        Assert.Throws<InvalidDataException>(() => host.Fit(LinearModel.Signature, LinearModel.Data(64), options));
        Assert.Equal(1, host.Iteration);
        host.Fit(LinearModel.Signature, LinearModel.Data(64));
    }

    [Fact]
    public void The_log_is_that_of_the_whole_run()
    {
        string log = Path.Combine(folder.FullName, "log.csv"), file = Path.Combine(folder.FullName, "run.safetensors");
        FitOptions Options(int epochs) => new()
        {
            Epochs = epochs,
            BatchSize = 10,
            Validation = LinearModel.Data(30, 5),
            Metrics = [new MeanAbsoluteError(), new R2()],
            LearningRateSchedule = Schedule.Exponential(0.05, 0.9),
            Callbacks = [new CsvLog(log)],
            Checkpoint = new CheckpointOptions(file) { Resume = true },
        };
        TrainingHistory whole;
        using (var host = LinearModel.Host()) whole = host.Fit(LinearModel.Signature, LinearModel.Data(20), Options(2));
        string[] first = File.ReadAllLines(log);
        File.Delete(log);
        using (var host = LinearModel.Host()) whole = host.Fit(LinearModel.Signature, LinearModel.Data(20), Options(4));
        string[] lines = File.ReadAllLines(log);
        Assert.Equal("epoch,loss,learning_rate,validation_loss,validation_accuracy,mae,r2,seconds", lines[0]);
        Assert.Equal(first, lines[..3]);
        Assert.Equal(5, lines.Length);
        string[] last = lines[4].Split(',');
        Assert.Equal("4", last[0]);
        Assert.Equal(whole.Last.Loss, double.Parse(last[1], CultureInfo.InvariantCulture));
        Assert.Equal(0.05 * Math.Pow(0.9, 7), double.Parse(last[2], CultureInfo.InvariantCulture), 1e-15);
        Assert.Equal("", last[4]);
        Assert.Equal(whole.Last.Metrics[1].Value, double.Parse(last[6], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_best_epoch_is_saved()
    {
        string file = Path.Combine(folder.FullName, "best.safetensors");
        using var host = LinearModel.Host();
        // From the third epoch on, the rate is so high that the loss rises.
        var history = host.Fit(LinearModel.Signature, LinearModel.Data(20), new FitOptions
        {
            Epochs = 4,
            BatchSize = 10,
            Validation = LinearModel.Data(30, 5),
            LearningRateSchedule = Schedule.Constant(0.05).Then(4, Schedule.Constant(1.5)),
            Callbacks = [new SaveBest(file)],
        });
        Assert.Equal(2, history.BestEpoch);
        using var best = LinearModel.Host();
        best.Load(file);
        Assert.Equal(history.Epochs[1].ValidationLoss!.Value, best.Evaluate(LinearModel.Signature, LinearModel.Data(30, 5)).Loss, 1e-12);
    }

    [Fact]
    public void A_plateau_lowers_the_rate()
    {
        using var host = LinearModel.Host();
        var history = host.Fit(LinearModel.Signature, LinearModel.Data(20), new FitOptions
        {
            Epochs = 6,
            BatchSize = 10,
            LearningRate = 0,
            LearningRateSchedule = Schedule.Constant(1e-12),
            ReduceOnPlateau = new ReduceOnPlateau(0.5, Patience: 1, Threshold: 0.5),
        });
        Assert.Equal([1e-12, 1e-12, 1e-12, 5e-13, 5e-13, 2.5e-13], history.Epochs.Select(epoch => epoch.LearningRate), (a, b) => Math.Abs(a - b) < 1e-24);
    }

    [Fact]
    public void Momentum_has_a_schedule()
    {
        static float[] Weights(Func<long, double>? schedule)
        {
            using var host = LinearModel.Host();
            host.Fit(LinearModel.Signature, LinearModel.Data(20), new FitOptions { BatchSize = 10, Epochs = 2, MomentumSchedule = schedule });
            return host.Parameters["fc.weight"].ToArray();
        }

        // The model's own is 0.5.
        Assert.Equal(Weights(null), Weights(Schedule.Constant(0.5)));
        Assert.NotEqual(Weights(null), Weights(Schedule.Constant(0.25)));
        Assert.Throws<ArgumentException>(() => Weights(_ => 1));
        var model = new FakeModel().Function("Train", (_, _) => { });
        using var plain = new ModelHost(model, 1, new TestSgd(0.1));
        var refused = Assert.Throws<ArgumentException>(() => plain.Fit(
            new TrainingSignature(0, 0, Loss.MeanSquaredError, [3], [1]), LinearModel.Data(4), new FitOptions { MomentumSchedule = _ => 0.9 }));
        Assert.Contains("Sgd of 'Fake' has no momentum", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_are_of_the_validation_set()
    {
        using var host = ClassifierModel.Host();
        var history = host.Fit(ClassifierModel.Signature, ClassifierModel.Data(90), new FitOptions
        {
            Epochs = 2,
            BatchSize = 16,
            Validation = ClassifierModel.Data(50, 8),
            Metrics = [new Accuracy(), new F1()],
        });
        Assert.Equal(["accuracy", "f1"], history.Last.Metrics.Select(metric => metric.Name));
        Assert.Equal(history.Last.ValidationAccuracy, history.Last.Metrics[0].Value);
        var evaluation = host.Evaluate(ClassifierModel.Signature, ClassifierModel.Data(50, 8), [new F1()], batchSize: 7);
        Assert.Equal(history.Last.Metrics[1].Value, evaluation.Metrics[0].Value);
        Assert.Throws<NotSupportedException>(() => host.Evaluate(ClassifierModel.Signature, ClassifierModel.Data(50, 8), [new R2()]));
        Assert.Throws<ArgumentException>(() => host.Fit(ClassifierModel.Signature, ClassifierModel.Data(9), new FitOptions { Metrics = [new F1()] }));
    }

    private sealed class Recorder(int stopAfter = int.MaxValue, int throwAt = int.MaxValue) : FitCallback
    {
        public List<string> Calls { get; } = [];

        public override void OnBegin(FitRun run) => Note("begin", run.Epochs.Count);

        public override void OnStep(FitRun run)
        {
            if (run.Steps == throwAt) throw new InvalidDataException("the end");
            Assert.True(run.Loss >= 0 && run.LearningRate > 0);
            Note("step", run.Steps);
        }

        public override void OnEpoch(FitRun run, EpochResult epoch)
        {
            Note("epoch", epoch.Epoch);
            if (epoch.Epoch == stopAfter) run.Stop();
        }

        public override void OnEnd(FitRun run, TrainingHistory history) => Note("end", history.Epochs.Count);

        private void Note(string what, long number) => Calls.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {number}"));
    }
}
