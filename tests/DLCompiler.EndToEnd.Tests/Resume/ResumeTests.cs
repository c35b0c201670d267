using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.Resume;

/// <summary>
/// A run that is stopped after any batch and resumed in a new model gives the same bits as one that is not stopped: parameters, running statistics, the
/// optimizer's state, counts, history.
/// </summary>
public sealed class ResumeTests : IDisposable
{
    // 23 samples in batches of 5: the last of an epoch has 3.
    private const int Epochs = 3, BatchSize = 5, StepsInAll = 15;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    public static IEnumerable<object[]> Cases =>
        from name in Subject.Names
        from variant in new[] { "shuffled", "in order", "validation", "early stopping", "schedule" }
        select new object[] { name, variant };

    private string File => Path.Combine(folder.FullName, "run.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stopped_after_any_batch_and_resumed_it_gives_the_same_bits(string name, string variant)
    {
        var whole = Run(name, variant, threads: 1);
        int stopped = 0;
        for (int stop = 0; stop <= StepsInAll; stop++)
        {
            System.IO.File.Delete(File);
            if (!Stops(name, variant, stop, threads: 1 + (stop % 3))) continue;
            stopped++;
            Same(whole, Run(name, variant, threads: 1 + ((stop + 1) % 3), options => options.ResumeFrom = File));
        }

        // Whatever stops early has fewer batches; the last batch of all can be stopped after only where validation follows.
        Assert.InRange(stopped, BatchSize, StepsInAll + 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stopped_after_every_batch_it_gives_the_same_bits(string name, string variant)
    {
        var whole = Run(name, variant, threads: 1);
        for (int stop = 0; Stops(name, variant, stop, threads: 1, resume: true); stop++) Assert.InRange(stop, 0, StepsInAll);
        Same(whole, Run(name, variant, threads: 2, options => options.ResumeFrom = File));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Checkpoints_between_steps_are_as_good_as_those_of_a_stop(int every)
    {
        const string name = "StatefulNet", variant = "early stopping";
        var whole = Run(name, variant, threads: 1);

        // What is on disk when the run dies is the last that was written.
        using (var subject = Subject.Create(name, seed: 3, threads: 1))
        {
            var options = Options(name, variant);
            options.Checkpoint = new CheckpointOptions(File) { EverySteps = every, EveryEpochs = null, SaveOnCancel = false };
            options.Schedule = step => step < 12 ? 0.003 : throw new InvalidDataException("the end");
            Assert.Throws<InvalidDataException>(() => subject.Fit(Subject.Data(name, 1), options.Build()));
        }

        Same(whole, Run(name, variant, threads: 1, options => options.ResumeFrom = File));
    }

    [Fact]
    public void More_epochs_continue_a_complete_run()
    {
        const string name = "StatefulNet", variant = "validation";
        var whole = Run(name, variant, threads: 1);
        Run(name, variant, threads: 1, options => (options.Epochs, options.Checkpoint) = (1, new CheckpointOptions(File)));
        Run(name, variant, threads: 1, options => (options.Epochs, options.Checkpoint, options.ResumeFrom) = (2, new CheckpointOptions(File), File));
        Same(whole, Run(name, variant, threads: 1, options => options.Checkpoint = new CheckpointOptions(File) { Resume = true }));

        // Nothing is left to do: the result is that of the run.
        Same(whole, Run(name, variant, threads: 1, options => options.Checkpoint = new CheckpointOptions(File) { Resume = true }));
    }

    [Fact]
    public void A_later_run_of_the_same_model_resumes_too()
    {
        // The second call of Fit begins at iteration 5, with the optimizer's state of the first.
        string before = Path.Combine(folder.FullName, "before.safetensors");
        using (var first = Subject.Create("Outer", seed: 3, threads: 1))
        {
            first.Fit(Subject.Data("Outer", 1), new FitOptions { BatchSize = BatchSize });
            first.SaveTrainingState(before);
        }

        var whole = Run("Outer", "shuffled", threads: 1, from: before);
        Assert.True(Stops("Outer", "shuffled", 7, threads: 1, from: before));
        Same(whole, Run("Outer", "shuffled", threads: 1, options => options.ResumeFrom = File));
    }

    // The history without times, and the state of the model after the run, as a file.
    private (string[] History, byte[] State) Run(string name, string variant, int threads, Action<MutableOptions>? change = null, string? from = null)
    {
        using var subject = Subject.Create(name, seed: 3, threads);
        if (from is not null) subject.LoadTrainingState(from);
        var options = Options(name, variant);
        change?.Invoke(options);
        var history = subject.Fit(Subject.Data(name, 1), options.Build());
        string state = Path.Combine(folder.FullName, "state.safetensors");
        subject.SaveTrainingState(state);
        string[] figures = [.. history.Epochs.Select(epoch => $"{epoch with { Seconds = 0 }}"), $"{history.BestEpoch} {history.StoppedEarly}"];
        return (figures, System.IO.File.ReadAllBytes(state));
    }

    // Trains until a number of steps of the run is done, or to its end; says which.
    private bool Stops(string name, string variant, int steps, int threads, bool resume = false, string? from = null)
    {
        using var subject = Subject.Create(name, seed: 3, threads);
        if (from is not null) subject.LoadTrainingState(from);
        using var source = new CancellationTokenSource();
        if (steps == 0) source.Cancel();
        var options = Options(name, variant);
        var rate = options.Schedule ?? (_ => options.LearningRate);
        options.Schedule = step =>
        {
            if (step == steps - 1) source.Cancel();
            return rate(step);
        };
        options.Token = source.Token;
        options.Checkpoint = new CheckpointOptions(File) { Resume = resume };
        try
        {
            subject.Fit(Subject.Data(name, 1), options.Build());
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static MutableOptions Options(string name, string variant) => variant switch
    {
        "in order" => new MutableOptions { Shuffle = false },
        "validation" => new MutableOptions { Validation = Subject.Data(name, 2, 9) },
        "early stopping" => new MutableOptions { Validation = Subject.Data(name, 2, 9), EarlyStopping = new EarlyStopping(Patience: 2, MinDelta: 0.02) },
        // It rises, so that later epochs are worse than earlier ones.
        "schedule" => new MutableOptions { Schedule = step => 0.004 * (1 + (step * step)), EarlyStopping = new EarlyStopping(Patience: 3) },
        _ => new MutableOptions(),
    };

    private static void Same((string[] History, byte[] State) expected, (string[] History, byte[] State) actual)
    {
        Assert.Equal(expected.History, actual.History);
        Assert.Equal(expected.State, actual.State);
    }

    private sealed class MutableOptions
    {
        public int Epochs { get; set; } = ResumeTests.Epochs;

        public bool Shuffle { get; set; } = true;

        public double LearningRate { get; } = 0.003;

        public Func<long, double>? Schedule { get; set; }

        public DLCompiler.Data.DataSet? Validation { get; set; }

        public EarlyStopping? EarlyStopping { get; set; }

        public CheckpointOptions? Checkpoint { get; set; }

        public string? ResumeFrom { get; set; }

        public CancellationToken Token { get; set; }

        public FitOptions Build() => new()
        {
            Epochs = Epochs, BatchSize = BatchSize, Shuffle = Shuffle, LearningRate = LearningRate, LearningRateSchedule = Schedule, Validation = Validation,
            EarlyStopping = EarlyStopping, Checkpoint = Checkpoint, ResumeFrom = ResumeFrom, CancellationToken = Token,
        };
    }
}
