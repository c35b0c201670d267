using System;
using System.IO;
using System.Linq;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Training on augmented pictures: the same bits at any number of threads and after a stop, nothing allocated, and a better network.</summary>
public sealed class AugmentationTests : IDisposable
{
    private const int Batch = 16, Samples = 72, Epochs = 3;

    private static readonly ImageAugmentation Everything = new()
    {
        Rotation = 15, MinScale = 0.9, MaxScale = 1.1, Translation = 0.1, Padding = 2, FlipHorizontal = true, FlipVertical = true, Noise = 0.1f, Means = [0.1f],
        Deviations = [0.3f],
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_bits_do_not_depend_on_threads(bool shuffle)
    {
        int[] one = Train(1, shuffle, Everything);
        Assert.Equal(one, Train(2, shuffle, Everything));
        Assert.Equal(one, Train(3, shuffle, Everything));
        Assert.NotEqual(one, Train(1, shuffle, new ImageAugmentation()));
        Assert.NotEqual(one, Train(1, shuffle, Everything, seed: 6));
    }

    [Fact]
    public void An_augmentation_that_does_nothing_is_none() =>
        Assert.Equal(Train(2, shuffle: true, augmentation: null), Train(2, shuffle: true, new ImageAugmentation()));

    [Fact]
    public void A_run_that_was_stopped_goes_on_with_the_same_bits()
    {
        int[] whole = Train(2, shuffle: true, Everything);
        string path = Path.Combine(folder.FullName, "run.safetensors");
        using (var first = new LeNet5 { Seed = 5, Threads = 3 })
        {
            var stop = new System.Threading.CancellationTokenSource();
            var options = Options(true, Everything, step =>
            {
                if (step == 7) stop.Cancel();
                return 1e-3;
            }, stop.Token, new CheckpointOptions(path));
            Assert.Throws<OperationCanceledException>(() => first.Fit(EmbeddedDigits.Train.Take(Samples), options));
        }

        using var second = new LeNet5 { Seed = 5, Threads = 2 };
        var resumed = Options(true, Everything, _ => 1e-3, default, new CheckpointOptions(path) { Resume = true });
        second.Fit(EmbeddedDigits.Train.Take(Samples), resumed);
        Assert.Equal(whole, Bits(second));

        using var other = new LeNet5 { Seed = 5 };
        var without = Options(true, null, _ => 1e-3, default, new CheckpointOptions(path) { Resume = true });
        Assert.Contains(
            "another augmentation", Assert.Throws<CheckpointException>(() => other.Fit(EmbeddedDigits.Train.Take(Samples), without)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Steps_allocate_nothing_after_the_first_epoch(int threads)
    {
        var before = new long[20];
        using var model = new LeNet5 { Threads = threads };
        model.Fit(EmbeddedDigits.Train.Take(72), new FitOptions
        {
            Epochs = 4,
            BatchSize = 16,
            Augmentation = Everything,
            LearningRateSchedule = step =>
            {
                before[step] = GC.GetAllocatedBytesForCurrentThread();
                return 1e-3;
            },
        });
        for (int step = 6; step < before.Length; step++)
        {
            if (step % 5 != 0) Assert.Equal(0, before[step] - before[step - 1]);
        }
    }

    [Fact]
    public void A_network_learns_digits_from_crops()
    {
        // Larger pictures, of which the network sees parts.
        var wide = Padded(EmbeddedDigits.Train.Take(1500), 2);
        var augmentation = new ImageAugmentation { CropHeight = 28, CropWidth = 28, Rotation = 10 };
        using var model = new LeNet5 { Seed = 1, Threads = 2 };
        var history = model.Fit(wide, new FitOptions
        {
            Epochs = 4, BatchSize = 32, Augmentation = augmentation, Validation = augmentation.Prepare(Padded(EmbeddedDigits.Test, 2)),
        });
        Assert.True(history.Last.ValidationAccuracy >= 0.8, $"accuracy {history.Last.ValidationAccuracy}");
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var model = new LeNet5();
        var crop = new ImageAugmentation { CropHeight = 20 };
        Assert.Contains(
            "its samples have shape [1, 28, 28], after augmentation [1, 20, 28] (560 elements), but the model takes [1, 28, 28] (784)",
            Assert.Throws<ArgumentException>(() => model.Fit(EmbeddedDigits.Train, new FitOptions { Augmentation = crop })).Message, StringComparison.Ordinal);
        var table = DataSet.Create(new float[784], [784], [1]);
        Assert.Contains(
            "Augmentation takes pictures",
            Assert.Throws<ArgumentException>(() => model.Fit(table, new FitOptions { Augmentation = Everything })).Message, StringComparison.Ordinal);
    }

    private static DataSet Padded(DataSet data, int padding)
    {
        int size = 28 + 2 * padding;
        var features = new float[data.Count * size * size];
        for (int i = 0; i < data.Count; i++)
        {
            for (int y = 0; y < 28; y++)
                data.Features(i, 1).Slice(28 * y, 28).CopyTo(features.AsSpan((i * size + y + padding) * size + padding));
        }

        return DataSet.Create(features, [1, size, size], data.Labels(0, data.Count).ToArray());
    }

    private static int[] Train(int threads, bool shuffle, ImageAugmentation? augmentation, ulong seed = 5)
    {
        using var model = new LeNet5 { Seed = seed, Threads = threads };
        model.Fit(EmbeddedDigits.Train.Take(Samples), Options(shuffle, augmentation, _ => 1e-3, default, null));
        return Bits(model);
    }

    private static FitOptions Options(
        bool shuffle, ImageAugmentation? augmentation, Func<long, double> rate, System.Threading.CancellationToken token, CheckpointOptions? checkpoint) => new()
        {
            Epochs = Epochs, BatchSize = Batch, Shuffle = shuffle, Augmentation = augmentation, LearningRateSchedule = rate, CancellationToken = token,
            Checkpoint = checkpoint,
        };

    private static int[] Bits(LeNet5 model) => [.. model.Parameters.SelectMany(view => view.ToArray()).Select(BitConverter.SingleToInt32Bits)];
}
