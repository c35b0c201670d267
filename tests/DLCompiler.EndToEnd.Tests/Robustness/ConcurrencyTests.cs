using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.Robustness;

/// <summary>What other threads may do with a model while <c>Fit</c> runs, on a model with all kinds of state.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private const int Samples = 44, BatchSize = 8, Epochs = 15;

    private static readonly DataSet data = EmbeddedDigits.Train.Take(Samples);

    private static readonly Lazy<Undisturbed> undisturbed = new(Undisturbed.Train);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    private string Path => System.IO.Path.Combine(folder.FullName, "model");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Predictions(int threads)
    {
        using var model = new StatefulNet { Seed = 5, Threads = threads };
        await WhileFitRuns(model, Options(), new Action(() =>
        {
            int count = Random.Shared.Next(1, 20);
            Assert.All(model.Predict(data.Features(0, count)), value => Assert.True(float.IsFinite(value)));
        }), () => Assert.InRange(model.Evaluate(data, 7).Accuracy!.Value, 0, 1));
        Assert.Equal(undisturbed.Value.Final, All(model));
    }

    [Fact]
    public async Task Saving_gives_the_weights_of_one_step()
    {
        using var model = new StatefulNet { Seed = 5, Threads = 2 };
        int saved = 0;
        await WhileFitRuns(model, Options(), () =>
        {
            model.Save(Path);
            saved++;
            using var copy = new StatefulNet();
            copy.Load(Path);
            Assert.Contains(Key(copy), undisturbed.Value.Steps);
        });
        Assert.True(saved > 0);
        Assert.Equal(undisturbed.Value.Final, All(model));
        Assert.Equal([Path], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public async Task Saves_to_one_file_from_several_threads()
    {
        using StatefulNet first = new() { Seed = 1 }, second = new() { Seed = 2 };
        string[] keys = [Key(first), Key(second)];
        first.Save(Path);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 25; i++)
            {
                (thread % 2 == 0 ? first : second).Save(Path);
                using var copy = new StatefulNet();
                copy.Load(Path);
                Assert.Contains(Key(copy), keys);
            }
        })));
        Assert.Equal([Path], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public async Task Loading_replaces_all_weights_between_two_steps()
    {
        // A rate of 0 changes no weights, so that a mixture of two files' would be seen; running statistics move on.
        string other = System.IO.Path.Combine(folder.FullName, "other"), checkpoint = System.IO.Path.Combine(folder.FullName, "run");
        string[] keys = [Save(1, Path), Save(2, other)];
        using var model = new StatefulNet { Seed = 5, Threads = 2 };
        model.Load(Path);
        int turn = 0;
        var options = new FitOptions
        {
            Epochs = Epochs, BatchSize = BatchSize, LearningRate = 0, Checkpoint = new CheckpointOptions(checkpoint) { EverySteps = 3 },
        };
        await WhileFitRuns(model, options, () => model.Load(turn++ % 2 == 0 ? other : Path), () =>
        {
            if (!File.Exists(checkpoint)) return;
            using var copy = new StatefulNet();
            copy.Load(checkpoint);
            Assert.Contains(TrainedKey(copy), keys);
        });
        Assert.True(turn > 0);
        Assert.Contains(TrainedKey(model), keys);
        model.Fit(data, new FitOptions { BatchSize = BatchSize });

        static string Save(ulong seed, string path)
        {
            using var source = new StatefulNet { Seed = seed };
            source.Save(path);
            return TrainedKey(source);
        }
    }

    [Fact]
    public async Task A_second_Fit_a_step_and_the_state_of_training_are_refused()
    {
        using var model = new StatefulNet { Seed = 5, Threads = 2 };
        model.SaveTrainingState(Path);
        byte[] before = File.ReadAllBytes(Path);
        var others = new ConcurrentBag<Exception>();
        using var started = new ManualResetEventSlim();
        using var tried = new ManualResetEventSlim();
        var fit = Task.Run(() => model.Fit(data, Options(step =>
        {
            started.Set();
            if (step == 0) tried.Wait();
        })));
        started.Wait();
        foreach (var use in new Action[]
        {
            () => model.Fit(data), () => model.StepTrain(data.Features(0, 1), data.Labels(0, 1)), () => model.SaveTrainingState(Path),
            () => model.LoadTrainingState(Path),
        })
        {
            var exception = Assert.Throws<InvalidOperationException>(use);
            Assert.StartsWith("A training step or Fit of 'StatefulNet' is running", exception.Message, StringComparison.Ordinal);
        }

        tried.Set();
        await fit;
        Assert.Equal(undisturbed.Value.Final, All(model));
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Another_number_of_threads(int threads)
    {
        using var model = new StatefulNet { Seed = 5, Threads = threads };
        int turn = 0;
        await WhileFitRuns(model, Options(), () => model.Threads = 1 + (turn++ % 3));
        Assert.Equal(undisturbed.Value.Final, All(model));
        Assert.Equal(1 + ((turn - 1) % 3), model.Threads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(17)]
    public async Task Disposal_ends_Fit_and_its_checkpoint_goes_on(int step)
    {
        var model = new StatefulNet { Seed = 5, Threads = 2 };
        using ManualResetEventSlim reached = new(), disposed = new();
        var fit = Task.Run(() => model.Fit(data, Options(at =>
        {
            if (at == step) reached.Set();
            if (at == (Epochs * 6) - 1) disposed.Wait();
        }, new CheckpointOptions(Path) { EverySteps = 1 })));
        reached.Wait();
        model.Dispose();
        disposed.Set();
        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => fit);
        Assert.Equal("StatefulNet", exception.ObjectName);

        using var resumed = new StatefulNet { Seed = 5 };
        resumed.Fit(data, Options(checkpoint: new CheckpointOptions(Path) { Resume = true }));
        Assert.Equal(undisturbed.Value.Final, All(resumed));
    }

    [Fact]
    public async Task Disposal_while_others_predict()
    {
        float[] expected;
        using (var model = new StatefulNet { Seed = 5 }) expected = model.Predict(data.Features(0, 9));
        for (int round = 0; round < 20; round++)
        {
            var model = new StatefulNet { Seed = 5 };
            var predictions = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                while (true) Assert.Equal(expected, model.Predict(data.Features(0, 9)));
            })).ToArray();
            Thread.SpinWait(round * 5_000);
            model.Dispose();
            foreach (var prediction in predictions) await Assert.ThrowsAsync<ObjectDisposedException>(() => prediction);
        }
    }

    private static FitOptions Options(Action<long>? beforeStep = null, CheckpointOptions? checkpoint = null) => new()
    {
        Epochs = Epochs, BatchSize = BatchSize, Checkpoint = checkpoint,
        LearningRateSchedule = step =>
        {
            beforeStep?.Invoke(step);
            return 0.002;
        },
    };

    // Each action again and again, on a thread of its own, from before the first step to after the last.
    private static async Task WhileFitRuns(StatefulNet model, FitOptions options, params Action[] actions)
    {
        using var over = new CancellationTokenSource();
        using var begun = new CountdownEvent(actions.Length);
        var others = actions.Select(action => Task.Factory.StartNew(() =>
        {
            bool first = true;
            do
            {
                action();
                if (first) begun.Signal();
                first = false;
            }
            while (!over.IsCancellationRequested);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        begun.Wait(TimeSpan.FromSeconds(20));
        try
        {
            model.Fit(data, options);
        }
        finally
        {
            await over.CancelAsync();
        }

        await Task.WhenAll(others);
    }

    private static float[] All(StatefulNet model) => [.. model.Parameters.SelectMany(view => view.ToArray())];

    private static string Key(StatefulNet model) => Key(model.Parameters);

    private static string TrainedKey(StatefulNet model) => Key(model.Parameters.Where(view => view.IsTrained));

    private static string Key(IEnumerable<ParameterView> views) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(views.SelectMany(view => view.ToArray()).SelectMany(BitConverter.GetBytes).ToArray()));

    /// <summary>The weights at the end of a run that nobody disturbed, and the hashes of what they were before each step and at the end.</summary>
    private sealed record Undisturbed(float[] Final, HashSet<string> Steps)
    {
        public static Undisturbed Train()
        {
            var steps = new HashSet<string>(StringComparer.Ordinal);
            using var model = new StatefulNet { Seed = 5 };
            steps.Add(Key(model));
            model.Fit(data, Options(_ => steps.Add(Key(model))));
            steps.Add(Key(model));
            return new Undisturbed(All(model), steps);
        }
    }
}
