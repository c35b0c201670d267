using System;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>The same seed gives the same bits, whatever the number of threads.</summary>
public class DeterminismTests
{
    // 1,000 samples in batches of 64: the last batch has 40.
    private static readonly FitOptions epoch = new() { Epochs = 1, BatchSize = 64 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void LeNet5_is_the_same_at_any_number_of_threads(int threads) => Assert.Equal(TrainLeNet5(threads: 1), TrainLeNet5(threads));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Dropout_is_the_same_at_any_number_of_threads(int threads) => Assert.Equal(TrainDropoutMlp(threads: 1, seed: 5), TrainDropoutMlp(threads, seed: 5));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Predictions_are_the_same_at_any_number_of_threads(int threads)
    {
        using var one = new LeNet5 { Seed = 5 };
        using var several = new LeNet5 { Seed = 5, PredictThreads = threads };
        ReadOnlySpan<float> images = EmbeddedDigits.Train.Features(0, 40);
        Assert.Equal(one.Predict(images), several.Predict(images));
        several.PredictThreads = 1;
        Assert.Equal((1, 1), (one.PredictThreads, several.PredictThreads));
    }

    [Fact]
    public void Another_seed_gives_another_network() => Assert.NotEqual(TrainDropoutMlp(threads: 1, seed: 5), TrainDropoutMlp(threads: 1, seed: 6));

    private static int[] TrainLeNet5(int threads)
    {
        using var model = new LeNet5 { Seed = 5, Threads = threads };
        model.Fit(EmbeddedDigits.Train.Take(1000), epoch);
        return Bits(model.Parameters);
    }

    private static int[] TrainDropoutMlp(int threads, ulong seed)
    {
        using var model = new DropoutMlp { Seed = seed, Threads = threads };
        model.Fit(EmbeddedDigits.Train.Take(1000), epoch);
        return Bits(model.Parameters);
    }

    private static int[] Bits(ParameterSet parameters) => [.. parameters.SelectMany(view => view.ToArray()).Select(BitConverter.SingleToInt32Bits)];
}
