using System;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Steps and predictions allocate nothing once a batch size has been seen.</summary>
public class AllocationTests
{
    private const int Windows = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Steps_and_predictions_of_LeNet5_allocate_nothing(int threads)
    {
        using var model = new LeNet5 { Threads = threads };
        var (images, labels, scores) = (EmbeddedDigits.Train.Features(0, 48).ToArray(), EmbeddedDigits.Train.Labels(0, 48).ToArray(), new float[480]);
        AllocatesNothing(() => model.StepTrain(images, labels));
        AllocatesNothing(() => model.Predict(images, scores));
    }

    [Fact]
    public void Changing_between_known_sizes_allocates_nothing()
    {
        using var model = new DropoutMlp { Threads = 2 };
        var (images, labels, scores) = (EmbeddedDigits.Train.Features(0, 32).ToArray(), EmbeddedDigits.Train.Labels(0, 32).ToArray(), new float[320]);
        AllocatesNothing(() =>
        {
            foreach (int count in (ReadOnlySpan<int>)[1, 32, 7])
            {
                model.StepTrain(images.AsSpan(0, count * 784), labels.AsSpan(0, count));
                model.Predict(images.AsSpan(0, count * 784), scores.AsSpan(0, count * 10));
            }
        });
    }

    [Fact]
    public void Steps_of_a_Gan_allocate_nothing()
    {
        using var gan = new Gan { Threads = 2 };
        float[] real = EmbeddedDigits.Train.Features(0, 16).ToArray(), noise = Noise.Normal(seed: 1, 16 * 64);
        AllocatesNothing(() =>
        {
            gan.StepDiscriminator(real, noise);
            gan.StepGenerator(noise);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Steps_of_Fit_allocate_nothing_after_the_first_epoch(bool shuffle)
    {
        // 4 epochs of 5 steps, the last of them smaller; the schedule is asked before each step.
        var before = new long[20];
        using var model = new LeNet5 { Threads = 2 };
        model.Fit(EmbeddedDigits.Train.Take(72), new FitOptions
        {
            Epochs = 4,
            BatchSize = 16,
            Shuffle = shuffle,
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

    internal static void AllocatesNothing(Action call)
    {
        for (int i = 0; i < 3; i++) call();
        long own = GC.GetAllocatedBytesForCurrentThread();
        call();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - own);

        // The workers' threads count as well. Threads of the test platform allocate now and then: some window is free of them.
        Assert.Equal(0, Enumerable.Range(0, Windows).Min(_ => AllocatedByAllThreads(call)));
    }

    private static long AllocatedByAllThreads(Action call)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < 4; i++) call();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
