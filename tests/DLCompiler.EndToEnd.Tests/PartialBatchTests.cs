using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Batches that are no multiple of anything.</summary>
public class PartialBatchTests
{
    [Fact]
    public void The_last_step_of_an_epoch_takes_what_is_left()
    {
        var data = EmbeddedDigits.Train.Take(100);
        using var fitted = new LeNet5 { Seed = 4 };
        using var stepped = new LeNet5 { Seed = 4 };
        var history = fitted.Fit(data, new FitOptions { BatchSize = 64, Shuffle = false });
        float first = stepped.StepTrain(data.Features(0, 64), data.Labels(0, 64));
        float second = stepped.StepTrain(data.Features(64, 36), data.Labels(64, 36));
        Assert.Equal(Values(stepped), Values(fitted));
        Assert.Equal(((first * 64d) + (second * 36d)) / 100, history.Last.Loss, 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(99)]
    [InlineData(100)]
    public void The_evaluation_does_not_depend_on_the_batch_size(int batchSize)
    {
        var data = EmbeddedDigits.Test.Take(100);
        using var model = new LeNet5 { Seed = 4 };
        var whole = model.Evaluate(data, 64);
        var parts = model.Evaluate(data, batchSize);
        Assert.Equal(whole.Accuracy, parts.Accuracy);
        Assert.Equal(whole.Loss, parts.Loss, 5);
        Assert.Equal(100, parts.Count);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_one_step()
    {
        using var model = new Mlp();
        model.Fit(EmbeddedDigits.Train.Take(10), new FitOptions { BatchSize = 64 });
        Assert.Equal(10, model.Predict(EmbeddedDigits.Test.Features(0, 1)).Length);
    }

    private static float[] Values(LeNet5 model) => [.. model.Parameters.SelectMany(view => view.ToArray())];
}
